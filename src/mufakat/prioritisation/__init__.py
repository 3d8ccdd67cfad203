"""The order of the proposals before and in the forum: stored engine runs, the board, moves with reasons."""
