# `make` alone lists the targets.
VENV := .venv
PY := $(VENV)/bin/python
DATA_VENV := .venv-data
PORT ?= 8501
SYSTEM_PYTHON ?= python3
INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-strip-extras --custom-compile-command "make lock" $(LOCK)
# Unsafe code in what is served; a finding that is not one is settled where it stands, with the reason.
UNSAFE := -m bandit --quiet --recursive app.py settings.py pages ui cli store geo
# Without a browser, a database server and an office suite (marked in tests/conftest.py); the quick ones leave out what takes seconds as well.
BARE := -m "not equipment"
QUICK := -m "not equipment and not slow"
AT_ONCE := -n 2 --dist loadfile
# Of tests without a browser many wait for a server, a process or a clock.
WAITING := -n 3 --dist loadfile
# Otherwise every process of a test run compiles all modules and tests anew, where the environment says so.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run lint test test-fast test-pythons check lock data bench clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# Made anew, so that nothing stays of an older lock; what comes on top of it for tests is gone with it.
$(VENV)/.run: requirements.txt
	$(SYSTEM_PYTHON) tools/pythons.py check
	$(SYSTEM_PYTHON) -m venv --clear $(VENV)
	$(PY) $(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(PY) $(INSTALL) -r requirements.txt -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run  ## set everything up and serve the dashboard on http://127.0.0.1:8501 (PORT=… for another)
	$(PY) -m streamlit run app.py --server.port $(PORT)

lint: $(VENV)/.dev  ## style, types, and unsafe code in what is served
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) $(UNSAFE)

test: lint  ## set everything up, lint, and run all tests, browser tests included, with a floor for the branches they take
	sh tests/e2e/install_chromium.sh
	sh tests/e2e/install_nginx.sh
	sh tests/e2e/install_axe.sh
	sh tests/store/install_postgresql.sh
	sh tests/geo/briefing/install_libreoffice.sh
	$(PY) -m pytest $(WAITING) --ignore=tests/e2e --cov
	$(PY) -m pytest $(AT_ONCE) tests/e2e

test-fast: lint  ## lint, and run the quick tests: no browser, database server or office suite, nothing that takes seconds
	$(PY) -m pytest $(AT_ONCE) $(QUICK)

test-pythons:  ## run the tests that need no browser, database server or office suite on every supported Python that is found
	$(SYSTEM_PYTHON) tools/pythons.py test $(AT_ONCE) $(BARE)

check: $(VENV)/.dev  ## list every problem of the shipped data, unsafe code, and known vulnerabilities of what is installed
	$(PY) -m geo check data
	$(PY) $(UNSAFE)
	$(PY) -m tools.audit

lock: $(VENV)/.dev  ## pin what requirements*.in ask for, with hashes (LOCK="--upgrade" or LOCK="--upgrade-package NAME" for newer versions)
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
	$(COMPILE) requirements-data.in -o requirements-data.txt
	$(MAKE) $(VENV)/.dev
	$(PY) -m tools.notice

data: $(DATA_VENV)/.done  ## rebuild indicators and boundaries from their sources
	$(DATA_VENV)/bin/python -m rebuild

$(DATA_VENV)/.done: requirements-data.txt
	$(SYSTEM_PYTHON) tools/pythons.py check
	$(SYSTEM_PYTHON) -m venv --clear $(DATA_VENV)
	$(DATA_VENV)/bin/python $(INSTALL) -r requirements-data.txt
	@touch $@

bench: $(VENV)/.dev  ## measure pages, uploads and the briefing against what they are held to
	sh tests/e2e/install_chromium.sh
	$(PY) -m bench
	$(PY) -m bench.uploads
	$(PY) -m bench.briefing

clean:  ## remove the environments and all that tests and benchmarks leave
	rm -rf $(VENV) $(VENV)-3.* $(DATA_VENV) tests/e2e/node_modules .pytest_cache .ruff_cache .mypy_cache test-results .coverage* bench/results
