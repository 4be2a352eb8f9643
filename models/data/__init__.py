"""Training data: online handwriting in, batches of ink maps out. Imports numpy and OpenCV, never torch."""
