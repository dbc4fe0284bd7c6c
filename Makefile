# make serve · make test · make check: each does the whole set-up on a fresh machine, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: serve test test-exports check bench bench-layout bench-stage venv node browser tools-python tools-node types clean

serve: $(VENV)/.serve
	$(BIN)/gradwalk serve $(ARGS)

test: $(VENV)/.dev $(VENV)/.node $(VENV)/.browser
	@if ls tests/static/*.test.js >/dev/null 2>&1; then node --test --test-reporter=spec tests/static/*.test.js; fi
	node_modules/.bin/tsc --project tsconfig.json
	$(BIN)/python -m pytest $(ARGS)

# What networks and programs are exported as is also run by PyTorch and JAX, which live in an
# environment of their own.
test-exports: $(VENV)/.dev .venv-torch/.jax
	GRADWALK_EXPORT_PYTHON=$(CURDIR)/.venv-torch/bin/python $(BIN)/python -m pytest tests/app/training/test_exports.py tests/app/test_listings.py $(ARGS)

.venv-torch/.ready: bench/constraints.txt | tools-python
	$(PYTHON) -m venv .venv-torch
	PIP_CONSTRAINT=bench/constraints.txt .venv-torch/bin/python -m pip --disable-pip-version-check \
	  install --quiet torch numpy
	touch $@

# JAX too runs what is written for it, where it can be installed.
.venv-torch/.jax: .venv-torch/.ready
	PIP_CONSTRAINT=bench/constraints.txt .venv-torch/bin/python -m pip --disable-pip-version-check \
	  install --quiet jax
	touch $@

check: $(VENV)/.dev $(VENV)/.node
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	node_modules/.bin/tsc --project tsconfig.json

# The other frameworks live in an environment of their own; those that are missing are left out.
bench: .venv-bench/.ready
	PYTHONPATH=. .venv-bench/bin/python -m bench.engine

# The other layouts are installed in a folder of their own, in the versions that bench/package.json pins.
bench-layout: $(VENV)/.dev bench/node_modules/.ready
	PYTHONPATH=. $(BIN)/python -m bench.scalar_graphs bench/node_modules/graphs.json
	node bench/layout.mjs bench/node_modules/graphs.json

bench/node_modules/.ready: bench/package.json | tools-node
	npm install --prefix bench --no-package-lock --no-audit --no-fund --loglevel=error
	touch $@

bench-stage: $(VENV)/.dev $(VENV)/.browser
	PYTHONPATH=. $(BIN)/python -m bench.stage

.venv-bench/.ready: bench/constraints.txt | tools-python
	$(PYTHON) -m venv .venv-bench
	PIP_CONSTRAINT=bench/constraints.txt .venv-bench/bin/python -m pip --disable-pip-version-check \
	  install --quiet numpy
	for peer in torch autograd micrograd jax; do \
	  PIP_CONSTRAINT=bench/constraints.txt .venv-bench/bin/python -m pip --disable-pip-version-check \
	    install --quiet $$peer || echo "$$peer cannot be installed here and is left out."; \
	done
	touch $@

venv: $(VENV)/.dev
node: $(VENV)/.node
browser: $(VENV)/.browser

types: $(VENV)/.dev $(VENV)/.node
	$(BIN)/python tools/wire_types.py

clean:
	rm -rf $(VENV) node_modules dist build

# The stamps in .venv say what is installed: a second run installs nothing.
$(VENV)/.venv: | tools-python
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.serve: pyproject.toml constraints.txt $(VENV)/.venv
	PIP_CONSTRAINT=constraints.txt $(PIP) install --quiet --editable .
	touch $@

$(VENV)/.dev: pyproject.toml constraints.txt $(VENV)/.venv
	PIP_CONSTRAINT=constraints.txt $(PIP) install --quiet --editable '.[dev]'
	touch $@ $(VENV)/.serve

$(VENV)/.node: package.json package-lock.json $(VENV)/.venv | tools-node
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

# A browser for the journeys: one on the PATH, else Playwright's own, else the system's package.
$(VENV)/.browser: $(VENV)/.dev
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	  || command -v google-chrome >/dev/null || $(BIN)/python -m playwright install chromium \
	  || { apt-get update && apt-get install --yes chromium; } \
	  || { echo "No Chromium found: install one with the system's package manager."; exit 1; }
	@touch $@

tools-python:
	@command -v $(PYTHON) >/dev/null \
	  || { echo "Python 3.11 or later is needed, and $(PYTHON) was not found. On Debian and Ubuntu: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed; $(PYTHON) is older. Name another one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv module is needed. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

tools-node:
	@command -v node >/dev/null && command -v npm >/dev/null \
	  || { echo "Node.js 20 or later with npm is needed for the tests. On Debian and Ubuntu: apt install nodejs npm"; exit 1; }
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' \
	  || { echo "Node.js 20 or later is needed; this one is $$(node --version)."; exit 1; }
