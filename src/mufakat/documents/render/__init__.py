"""Pure rendering: frozen data in, bytes out; no database, no clock."""
