"""The project's own sample photos: set in handwriting fonts, photographed by the simulator."""
