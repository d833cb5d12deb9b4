# `make` alone lists the targets.
VENV := .venv
PY := $(VENV)/bin/python
DATA_VENV := .venv-data
PORT ?= 8501
SYSTEM_PYTHON ?= python3

.PHONY: help run test check data bench clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.run: requirements.txt
	$(SYSTEM_PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run  ## set everything up and serve the dashboard on http://127.0.0.1:8501 (PORT=… for another)
	$(PY) -m streamlit run app.py --server.port $(PORT)

test: $(VENV)/.dev  ## set everything up, lint, and run all tests, browser tests included
	sh tests/e2e/install_chromium.sh
	sh tests/store/install_postgresql.sh
	sh tests/geo/briefing/install_libreoffice.sh
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest -n 2 --dist loadfile --ignore=tests/e2e
	$(PY) -m pytest tests/e2e

check: $(VENV)/.run  ## list every problem of the shipped data
	$(PY) -m geo check data

data: $(DATA_VENV)/.done  ## rebuild indicators and boundaries from their sources
	$(DATA_VENV)/bin/python -m rebuild

$(DATA_VENV)/.done: requirements-data.txt
	$(SYSTEM_PYTHON) -m venv $(DATA_VENV)
	$(DATA_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-data.txt
	@touch $@

bench: $(VENV)/.dev  ## measure pages, uploads and the briefing against what they are held to
	sh tests/e2e/install_chromium.sh
	$(PY) -m bench
	$(PY) -m bench.uploads
	$(PY) -m bench.briefing

clean:  ## remove the environments and all that tests and benchmarks leave
	rm -rf $(VENV) $(DATA_VENV) .pytest_cache .ruff_cache .mypy_cache test-results bench/results
