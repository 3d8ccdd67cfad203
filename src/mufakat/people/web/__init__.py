"""Sign-in, choice of office, sign-out."""
