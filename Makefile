.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
RUN := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python

# Two stamps: what running needs, so that the demo starts soon, and what development needs on top.
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

.PHONY: help demo test check generate sync format lint types bench crash interop docs lock build clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(RUNTIME): pyproject.toml requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with PYTHON=...")'
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install -c requirements-dev.txt -e '.[all]' rich
	@touch $@

$(DEV): $(RUNTIME)
	@echo "Installing the development tools ..."
	@$(PIP) install -r requirements-dev.txt
	@touch $@

demo: $(RUNTIME)  ## Show what the SDK does, on a local Instant in this process
	@$(BIN)/python examples/tour.py

test: $(DEV)  ## Run all tests
	@$(RUN) -m pytest -q -n 2

check: $(DEV)  ## Everything CI checks
	@$(RUN) scripts/check.py

generate: $(DEV)  ## Generate the low-level client from openapi/admin.yaml
	@$(RUN) scripts/generate_client.py

sync: $(DEV)  ## Derive the blocking flavour from the awaitable one
	@$(RUN) scripts/generate_sync.py

format: $(DEV)  ## Format and sort imports
	@$(RUN) -m ruff check --select I --fix -q .
	@$(RUN) -m ruff format -q .

lint: $(DEV)  ## Lint
	@$(RUN) -m ruff check .

types: $(DEV)  ## Type-check with mypy and pyright
	@$(RUN) -m mypy
	@$(RUN) -m pyright

bench: $(DEV)  ## Measure against httpx, pyreqwest and the package instantdb; write benchmarks/RESULTS.md
	@$(RUN) -m benchmarks

crash: $(DEV)  ## Kill the local Instant under write load 50 times, and look for what is lost
	@$(RUN) scripts/crash.py

interop: $(DEV)  ## Let the official packages, npm and PyPI, do a day's work on the local Instant
	@$(RUN) scripts/interop.py

docs: $(DEV)  ## Build the documentation into site/
	@$(RUN) -m zensical build --clean

lock: $(DEV)  ## Write requirements-dev.txt from requirements-dev.in
	@$(PIP) install -U -r requirements-dev.in
	@(echo "# The full closure of requirements-dev.in; made by: make lock"; $(BIN)/python -m pip freeze --exclude-editable) > requirements-dev.txt

build: $(DEV)  ## Build the wheel and the source archive into dist/
	@$(PIP) wheel --no-deps -w dist .

clean:  ## Remove what the other targets made
	@rm -rf $(VENV) build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
