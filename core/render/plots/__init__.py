"""Plots: PlotData -> PNG in the cards' style, with matplotlib's objects alone (no pyplot, nothing global)."""
