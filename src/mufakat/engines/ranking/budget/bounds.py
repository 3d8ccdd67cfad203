"""What the compiled loops of Equal Shares share: how exact floats are, and the words for what was found."""

EPS = 2.0**-52
NEAR = 1e-9
"""Relative distance within which a supporter counts as neither short nor rich."""

ALIVE, GONE = 0, 1
FOUND, UNPAYABLE, DOUBT, BEYOND = 0, 1, 2, 3
"""Of a level: known; not to be paid; neither is sure; surely above what was asked."""
REFUTED, SAME, UNSURE = 0, 1, 2
"""Of a jump."""
