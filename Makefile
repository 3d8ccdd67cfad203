# Each target is one line over run.py, which also works where make does not exist.
PYTHON ?= python3
.PHONY: setup demo papers test check bench oracle lock serve
setup demo papers test check bench oracle lock serve:
	@$(PYTHON) run.py $@
