# Everything a newcomer needs: `make demo`, then `make test`. The rest of the product is the command `.venv/bin/parc`.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
PARC := $(VENV)/bin/parc
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: help setup demo test dashboard bench faults lint generate lock dependances audit clean

help: ## Say what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## Make .venv from the locked requirements and install the project

$(READY): requirements.txt pyproject.toml
	@python=$$(for candidate in python3.13 python3.12 python3.11; do \
	    if "$$candidate" -c 'import venv, ensurepip' 2>/dev/null; then echo "$$candidate"; break; fi; done); \
	if [ -z "$$python" ]; then \
	    echo "No Python 3.11, 3.12 or 3.13 with venv and ensurepip: install one (on Debian: apt install python3-venv)." >&2; exit 2; fi; \
	echo "Setting up $(VENV) with $$python"; \
	rm -rf $(VENV); "$$python" -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## Generate a demo France of 4,000 agreements, import it, run, publish
	$(PARC) demo --conventions 4000

test: $(READY) ## Run the whole test suite
	@tests/prepare-browser
	$(VENV)/bin/pytest --numprocesses auto --dist loadgroup

dashboard: $(READY) ## Open the dashboards on http://127.0.0.1:8501
	$(PARC) dashboard

bench: $(READY) ## Measure the stages from 2,000 agreements to national size, as ratios to the floor of the same run, and the pages
	$(PYTHON) -m tests.bench.bench

MINUTES := 30

faults: $(READY) ## Hurt a warehouse in every way it must outlive, then each reader for MINUTES=30, and write docs/fiabilite.md
	$(PYTHON) -m tests.faults.harness --write
	$(PYTHON) -m tests.hostile.essais --minutes $(MINUTES) --write

lint: $(READY) ## Check style, types, SQL, and that generated files are fresh
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/sqlfluff lint --processes 2 dbt/models
	$(PYTHON) -m data_contracts.generate --check

generate: $(READY) ## Write again the files derived from the contracts
	$(PYTHON) -m data_contracts.generate

LOCKED := --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-annotate --no-strip-extras --no-header

lock: ## Write requirements.txt and requirements-audit.txt again from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev $(LOCKED) --output-file requirements.txt
	uv pip compile --group pyproject.toml:audit $(LOCKED) --output-file requirements-audit.txt

dependances: $(READY) ## Write again the list of what is installed and of its licences
	$(PYTHON) -m tests.dependances.licences

audit: $(READY) ## Look up the known vulnerabilities of what is locked: exit 1 when there are, 3 when they could not be looked up
	@[ -x .venv-audit/bin/pip-audit ] || $(PYTHON) -m venv .venv-audit
	@.venv-audit/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-audit.txt
	@$(PYTHON) -m tests.dependances.audit

clean: ## Remove the environment, the caches and the demo data
	rm -rf $(VENV) .venv-audit data .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info dbt/target dbt/logs
