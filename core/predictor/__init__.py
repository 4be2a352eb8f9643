"""Ink of one line -> Readings: an exported network under ONNX Runtime, and the search for its likeliest LaTeX."""
