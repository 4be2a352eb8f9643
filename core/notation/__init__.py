"""Mathematical notation: tokens; LaTeX, unicode and plain typing -> presentation tree -> meaning -> sympy; and back."""
