"""Live updates: pages are told that something has changed, and ask for it. Own process, no Django in it."""
