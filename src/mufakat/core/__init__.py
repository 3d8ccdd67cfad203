"""Pure ground under everything: decisions, state machines, money, dates in words, errors."""
