"""The photo simulator: ink in, phone photo out, and back through the ink code that serves."""
