# make quickstart   everything a first look needs, ending in a site to open
# make test         the tests            make check   format, lint, types, imports, tests
# PYTHON=... chooses the interpreter (3.11 or later).

VENV ?= .venv
# Tests wait more than they work: two at a time on two cores.
WORKERS ?= 2
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check

.PHONY: quickstart test check validate format lint types imports bench clean

quickstart: $(VENV)/.installed
	@$(VENV)/bin/cab quickstart $(QUICKSTART)

test: $(VENV)/.installed-dev
ifdef PYTEST
	@$(VENV)/bin/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST)
else
	@$(VENV)/bin/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not nightly and not docker"
	@$(VENV)/bin/python -m pytest -m "docker and not nightly"
endif

check: format lint types imports test validate

format: $(VENV)/.installed-dev
	@$(VENV)/bin/ruff format --check src tests benchmarks

lint: $(VENV)/.installed-dev
	@$(VENV)/bin/ruff check src tests benchmarks

types: $(VENV)/.installed-dev
	@$(VENV)/bin/mypy
	@cd src/codingagentbench/tasks/kit && MYPYPATH=../.. $(abspath $(VENV))/bin/mypy --config-file= --strict --explicit-package-bases *.py

imports: $(VENV)/.installed-dev
	@$(VENV)/bin/lint-imports

validate: $(VENV)/.installed-dev
	@$(VENV)/bin/cab tasks validate --repeats 2

bench: $(VENV)/.installed-dev
	@for b in benchmarks/[a-z]*.py; do echo "== $$b"; $(VENV)/bin/python $$b || exit 1; done

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later was found; install one, or: make PYTHON=/path/to/python3"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "This Python cannot make environments; on Debian or Ubuntu: sudo apt-get install python3-venv"; exit 2; }

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@echo "Installing codingagentbench into $(VENV) ..."
	@$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(PIP) install --quiet --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
