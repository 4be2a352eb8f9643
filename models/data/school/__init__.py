"""Synthetic school maths: a grammar of what is written, a hand, and a layout that places its inks."""
