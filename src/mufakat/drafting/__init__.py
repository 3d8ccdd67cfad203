"""The main job without a server: villages' sheets in, the forum's papers out."""
