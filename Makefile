# Two commands: `make demo` and `make test`. Each does its own set-up in .venv.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check format lock

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

help: ## what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/.ready: pyproject.toml constraints.txt
	@sh tools/make-venv.sh $(PYTHON) $(VENV)
	@touch $@

setup: $(VENV)/.ready ## make the virtual environment

demo: $(VENV)/.ready ## run the main job on the fictional samples
	@$(BIN)/intake demo

check: $(VENV)/.ready ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/.ready ## everything that must be green
	@sh tools/system-packages.sh
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest -n 2 -q -rsfE

format: $(VENV)/.ready ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.ready ## write constraints.txt anew from what is installed
	$(BIN)/pip freeze --exclude-editable --exclude pip --exclude setuptools > constraints.txt
