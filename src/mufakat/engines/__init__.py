"""Pure engines: no Django, no clock, no database; JSON in, JSON out, seeded and traced."""
