"""What students write: random labels in the recogniser's spelling, one module for each part of school maths."""
