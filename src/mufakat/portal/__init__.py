"""Public pages: every submitted proposal with its stage, reason and amount, without personal data (rule 95)."""
