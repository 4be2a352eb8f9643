"""Soft ink: what the network sees, in training and in service alike.

An ink map is a uint8 array (height, width): 255 where there is ink, 0 where there is paper, grey on the edges of strokes.
"""

from __future__ import annotations

GLYPH_HEIGHT = 20.0
"""Pixels that the median glyph is scaled to: the one constant that training and serving share."""
