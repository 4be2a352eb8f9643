"""What to plot: from what was read to curves, points and regions, as pure data. Drawing them is the renderer's."""
