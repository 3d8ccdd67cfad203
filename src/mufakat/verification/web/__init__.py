"""Pages of the verifier: the queue and the case."""
