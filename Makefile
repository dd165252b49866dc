# `make` alone prints this help. Everything is installed into .venv, from the lock files, once.

PYTHON ?= python3
PUBLICATION ?=
TARGET ?= data/targets/ckan.toml
PRUNE ?=
EXPECT ?=
SERVE ?=
BEFORE ?=
BASE_IRI ?=
BASE_URL ?=
TIME ?= 5m
SEED ?=
BIN := .venv/bin
BENCH := build/bench-venv
# A file of tests at a time: what its tests have in common is made once.
PYTEST := $(BIN)/pytest -n auto --dist loadfile
CODE := src tests bench tools
OPTIONS := $(if $(BASE_IRI),--base-iri "$(BASE_IRI)") $(if $(BASE_URL),--base-url "$(BASE_URL)")

# Without bytecode every start compiles the libraries again, which takes three times as long.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help publish serve check test-fast test test-rest test-all test-tools site-assets test-ckan fuzz fault pythons plan upload bench bench-service structure docs lock clean

help:  ## Print this help.
	@echo "ogp-data: an open government self-assessment as validated open data"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "  make publish PUBLICATION=nl-2020-2022              one publication"
	@echo "  make publish BASE_IRI=https://your.domain/ogp/{id}/ names below your own address"
	@echo "  make upload TARGET=... EXPECT=... PRUNE=1          only that plan, deleting what is no longer published"
	@echo "  make publish BASE_URL=https://files.your.domain/{id}/ where the files will be downloaded"

publish: .venv/installed  ## Build, check and publish every publication under data/ into dist/.
	@$(BIN)/ogp-data publish $(PUBLICATION) $(OPTIONS)

serve: .venv/installed  ## Serve what is published at http://127.0.0.1:8000/: files, names, SPARQL, rows and harvest.
	@$(BIN)/ogp-data serve $(SERVE)

check: .venv/installed  ## Do the same without writing anything.
	@$(BIN)/ogp-data check $(PUBLICATION) $(OPTIONS)

test-fast: lint  ## Run linter, type checker and the tests that build no publication, start no process and serve nothing.
	@$(PYTEST) --fast

test: lint  ## Run linter, type checker and tests.
	@$(PYTEST)

test-rest: lint  ## Run the tests that `make test` skipped, and all of what it tried a sample of.
	@$(PYTEST) --rest

test-all: lint  ## Do the same, and try each fault at each place, of which `make test` tries every seventh.
	@$(PYTEST) --all

.PHONY: lint
lint: .venv/installed-dev
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy

test-ckan: .venv/installed-dev  ## Run the tests that need a real CKAN: at CKAN_URL, or one of their own with OGP_CKAN=1.
	@$(PYTEST) --all tests/test_ckan_*.py

# TARGET of the command line is one of the search; the one above is that of a delivery.
fuzz: .venv/installed-dev  ## Search for faults with inputs made by chance: make fuzz TIME=10m TARGET=documents
	@PYTHONPATH=tests $(BIN)/python -m fuzz --time $(TIME) $(SEED:%=--seed %) $(if $(filter command line,$(origin TARGET)),--target $(TARGET))

fault: .venv/installed-dev  ## Let every call of publishing fail, cut the power after each, and 200 of a whole publish: FAULTS=all, hours.
	@OGP_FAULTS=all OGP_FAULTS_WHOLE=$(FAULTS) $(BIN)/pytest -s tests/test_faults.py tests/test_power_cut.py

test-tools: tests/tools/node_modules/installed  ## Install from npm what some tests need beside Python; without it they are skipped.

tests/tools/node_modules/installed: tests/tools/package-lock.json
	@npm --version > /dev/null || { echo "This needs Node.js with npm; on Debian: apt install nodejs npm"; exit 1; }
	@cd tests/tools && npm ci --ignore-scripts --silent
	@touch $@

site-assets: site-assets/node_modules/installed  ## Install from npm what the query page of the site needs; without it that page says so.

site-assets/node_modules/installed: site-assets/package-lock.json
	@npm --version > /dev/null || { echo "This needs Node.js with npm; on Debian: apt install nodejs npm"; exit 1; }
	@cd site-assets && npm ci --ignore-scripts --silent
	@touch $@

plan: .venv/installed  ## Tell what delivering to a catalogue would change: make plan TARGET=data/targets/ckan.toml
	@$(BIN)/ogp-data plan $(TARGET) $(PRUNE:%=--prune) || [ $$? -eq 3 ]

upload: .venv/installed  ## Deliver to a catalogue: make upload TARGET=data/targets/ckan.toml
	@$(BIN)/ogp-data apply $(TARGET) $(PRUNE:%=--prune) $(EXPECT:%=--expect %)

pythons: .venv/installed  ## Publish with every Python from 3.11 on that answers here, and compare the bytes.
	@$(BIN)/python tools/pythons.py

bench: .venv/installed-dev $(BENCH)/installed  ## Measure the speed, as ratios in one run.
	@$(BIN)/python bench/bench.py --engine-python $(BENCH)/bin/python

bench-service: publish .venv/installed-dev $(BENCH)/installed  ## Measure the service under load, beside nginx and oxigraph.
	@$(BIN)/python bench/load.py --oxigraph $(BENCH)/bin/oxigraph

structure: .venv/installed  ## Count rooms, imports, circles, lines and functions: make structure BEFORE=<commit> for two columns.
	@$(BIN)/python tools/structure.py $(BEFORE:%=--before %)

# Another SHACL engine and a SPARQL server, to compare with; they are no part of the program.
$(BENCH)/installed: bench/requirements.txt .venv/bin/python
	@echo "installing what to compare with into $(BENCH) (once)"
	@$(BIN)/python -m venv $(BENCH) \
		&& $(BENCH)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $< \
		&& touch $@ || echo "It could not be installed; its rows are left out."

docs: .venv/installed  ## Write the generated pages of docs/ again.
	@$(BIN)/python -m ogp_data.cli.reference

lock: .venv/installed-dev  ## Bring the lock files up to date with pyproject.toml.
	$(BIN)/pip install --quiet pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(LOCK) --extra build --extra dev --output-file requirements-dev.lock pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(LOCK) --extra build --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

LOCK := --quiet --generate-hashes --no-annotate --strip-extras --allow-unsafe --upgrade \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

clean:  ## Remove what was built and installed; dist/ stays.
	rm -rf .venv build

# The scripts in .venv name the Python of the folder that they were installed in: in a checkout that was moved they do
# not start, in a copied one they run the program of the other.
MOVED := $(shell [ ! -e .venv/bin/ogp-data ] || grep -qsF '$(subst ','\'',$(CURDIR))/.venv/bin/python' .venv/bin/ogp-data || echo moved)

.PHONY: moved
moved:
	@echo "This checkout was moved or copied after it was installed: .venv belongs to another place and is made anew."
	@rm -rf .venv $(BENCH)

.venv/bin/python: $(MOVED)
	@case "$$PWD" in *:*) echo "Python makes no .venv below a path with a colon; move this checkout: $$PWD"; exit 1;; esac
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "This needs Python 3.11 or later; name one with: make PYTHON=python3.12"; exit 1; }
	@echo "making .venv"
	@$(PYTHON) -m venv .venv \
		|| { rm -rf .venv; echo "Python's venv module is missing; on Debian: apt install python3-venv"; exit 1; }

.venv/installed: .venv/bin/python requirements.lock pyproject.toml $(MOVED)
	@$(BIN)/python tools/install.py requirements.lock --editable .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	@$(BIN)/python tools/install.py requirements-dev.lock
	@touch $@
