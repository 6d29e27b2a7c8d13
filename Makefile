# The two commands of the README, `make chat` and `make test`, and what they stand on.
# Everything is kept in .venv; `make clean` removes it. ARGS are passed on: make chat ARGS="--port 7861".

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: chat test slow lint format clean

chat: $(VENV)/product
	$(BIN)/citewire chat $(ARGS)

test: $(VENV)/tools
	$(BIN)/python -m pytest $(ARGS)

# Tests that take minutes, or read the data folder named by CITEWIRE_DATA.
slow: $(VENV)/tools
	$(BIN)/python -m pytest -m slow $(ARGS)

lint: $(VENV)/tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/tools
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Older pips cannot read dependency groups, and stumble over lxml's extras.
$(VENV)/pip: constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Citewire needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade --constraint constraints.txt pip
	@touch $@

$(VENV)/product: $(VENV)/pip pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/tools: $(VENV)/product
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev
	@touch $@

clean:
	rm -rf $(VENV)
