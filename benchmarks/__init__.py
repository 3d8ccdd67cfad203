"""What we promise about speed, each runnable with `make bench` or `python run.py bench NAME`."""
