"""Django plumbing: ids and owners of rows, events after commit, the request's actor, live updates."""
