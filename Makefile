# `make` alone prints the help. Everything is installed into .venv from the lock files, once.

PYTHON ?= python3
PUBLICATION ?=
TARGET ?= data/targets/ckan.toml
PRUNE ?=
EXPECT ?=
SERVE ?=
BEFORE ?=
LANGUAGE ?=
BASE_IRI ?=
BASE_URL ?=
TIME ?= 5m
SEED ?=
BIN := .venv/bin
BENCH := build/bench-venv
TOOLS := build/tools-venv
# Each worker takes whole files of tests, because tests of one file share what they build.
PYTEST := $(BIN)/pytest -n auto --dist loadfile
CODE := src tests bench tools
OPTIONS := $(if $(BASE_IRI),--base-iri "$(BASE_IRI)") $(if $(BASE_URL),--base-url "$(BASE_URL)")

# Without bytecode every start compiles the libraries again, and takes three times as long.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help publish check serve site-assets plan upload test-fast test test-rest test-all test-ckan test-tools fuzz fault pythons
.PHONY: lint docs messages picture lock clean structure bench bench-short bench-service

help:  ## Print this help.
	@echo "ogp-data: an open government self-assessment as validated open data"
	@awk -F ':.*## |^##@ ' '/^##@ / { printf "\n%s\n", $$2 } /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' \
		$(firstword $(MAKEFILE_LIST))
	@echo
	@echo "Variables"
	@echo "  PUBLICATION=nl-2020-2022                 publish or check that one only"
	@echo "  BASE_IRI=https://your.domain/ogp/{id}/   name everything below your own address"
	@echo "  BASE_URL=https://files.your.domain/{id}/ where the files will be downloaded, if that is elsewhere"
	@echo "  TARGET=data/targets/ckan.toml            plan or upload for that catalogue; of a search, its target"
	@echo "  EXPECT=PLAN PRUNE=1                      upload only that plan; delete what is no longer published"
	@echo "  TIME=10m SEED=1                          how long to search, and from which seed"
	@echo "  BEFORE=COMMIT                            a commit to put beside, for structure"
	@echo "  LANGUAGE=de                              a language to begin a catalogue of messages for"

##@ Publish

publish: .venv/installed  ## Build, check and publish every publication under data/ into dist/.
	@$(BIN)/ogp-data publish $(PUBLICATION) $(OPTIONS)

check: .venv/installed  ## Do the same without writing anything.
	@$(BIN)/ogp-data check $(PUBLICATION) $(OPTIONS)

serve: .venv/installed  ## Serve dist/ at http://127.0.0.1:8000/: files, names, SPARQL, rows and harvest.
	@$(BIN)/ogp-data serve $(SERVE)

site-assets: site-assets/node_modules/installed  ## Install the engine of the query page from npm, then publish again.

site-assets/node_modules/installed: site-assets/package-lock.json
	@npm --version > /dev/null || { echo "This needs Node.js with npm; on Debian: apt install nodejs npm"; exit 1; }
	@cd site-assets && npm ci --ignore-scripts --silent
	@touch $@

##@ Deliver

plan: .venv/installed  ## Show what delivering to a catalogue would change, field by field.
	@$(BIN)/ogp-data plan $(TARGET) $(PRUNE:%=--prune) || [ $$? -eq 3 ]

upload: .venv/installed  ## Deliver to that catalogue.
	@$(BIN)/ogp-data apply $(TARGET) $(PRUNE:%=--prune) $(EXPECT:%=--expect %)

##@ Check the program

test-fast: lint  ## Lint, check types, and run the tests that build no publication: about a minute.
	@$(PYTEST) --fast

test: lint  ## Lint, check types, and run the tests; skip what is not installed.
	@$(PYTEST)

test-rest: lint  ## Run what `make test` skipped, and all of what it tried a sample of.
	@$(PYTEST) --rest

test-all: lint  ## Run every test, and try each fault at each place.
	@$(PYTEST) --all

test-ckan: .venv/installed-dev  ## Deliver to a real CKAN: at CKAN_URL, or to one of its own with OGP_CKAN=1.
	@$(PYTEST) --all tests/test_ckan_*.py

test-tools: tests/tools/node_modules/installed $(TOOLS)/installed  ## Install programs of others that tests ask; without them they are skipped.

tests/tools/node_modules/installed: tests/tools/package-lock.json
	@npm --version > /dev/null || { echo "This needs Node.js with npm; on Debian: apt install nodejs npm"; exit 1; }
	@cd tests/tools && npm ci --ignore-scripts --silent
	@touch $@

# Apart from .venv: what checks files for others brings three times as much as the program needs.
$(TOOLS)/installed: tests/tools/requirements.txt .venv/bin/python
	@echo "installing programs that check files into $(TOOLS) (once)"
	@$(BIN)/python -m venv $(TOOLS)
	@$(TOOLS)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@touch $@

# TARGET on the command line is a target of the search; the default above is that of a delivery.
fuzz: .venv/installed-dev  ## Search for faults with random inputs.
	@PYTHONPATH=tests $(BIN)/python -m fuzz --time $(TIME) $(SEED:%=--seed %) $(if $(filter command line,$(origin TARGET)),--target $(TARGET))

fault: .venv/installed-dev  ## Let every system call of publishing fail, and cut the power after each; FAULTS=all takes hours.
	@OGP_FAULTS=all OGP_FAULTS_WHOLE=$(FAULTS) $(BIN)/pytest -s tests/test_faults.py tests/test_power_cut.py

pythons: .venv/installed  ## Publish with every installed Python from 3.11 on, and compare the bytes.
	@$(BIN)/python tools/pythons.py

##@ Develop

lint: .venv/installed-dev  ## Run the linter and the type checker.
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy

docs: .venv/installed  ## Write the generated pages of docs/ again.
	@$(BIN)/python -m ogp_data.cli.reference

messages: .venv/installed  ## Bring the catalogues of messages up to date; LANGUAGE=de begins one.
	@$(BIN)/python tools/messages.py $(LANGUAGE)

picture: publish  ## Make the picture of the README again; needs Chromium.
	@$(BIN)/python tools/picture.py

lock: .venv/installed-dev  ## Bring the lock files up to date with pyproject.toml.
	$(BIN)/pip install --quiet pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(LOCK) $(EXTRAS) --extra build --extra dev --output-file requirements-dev.lock pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(LOCK) $(EXTRAS) --extra build --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

EXTRAS := --extra publish --extra deliver --extra serve --extra documents

LOCK := --quiet --generate-hashes --no-annotate --strip-extras --allow-unsafe --upgrade \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

clean:  ## Remove what was built and installed; dist/ stays.
	rm -rf .venv build

##@ Measure

structure: .venv/installed  ## Count rooms, imports, circles, lines and functions.
	@$(BIN)/python tools/structure.py $(BEFORE:%=--before %)

bench: .venv/installed-dev $(BENCH)/installed  ## Measure the speed, as ratios in one run.
	@$(BIN)/python bench/bench.py --engine-python $(BENCH)/bin/python

bench-short: .venv/installed-dev  ## Compare checks of small catalogues with pyshacl, in a minute.
	@$(BIN)/python bench/shacl.py $${OGP_SHARED:-../shared}

bench-service: publish .venv/installed-dev $(BENCH)/installed  ## Measure the service under load, beside nginx and Oxigraph.
	@$(BIN)/python bench/load.py --oxigraph $(BENCH)/bin/oxigraph

# Another SHACL engine and a SPARQL server, to compare with; the program does not use them.
$(BENCH)/installed: bench/requirements.txt .venv/bin/python
	@echo "installing what to compare with into $(BENCH) (once)"
	@$(BIN)/python -m venv $(BENCH) \
		&& $(BENCH)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $< \
		&& touch $@ || echo "It could not be installed; its rows are left out."

# The scripts in .venv name the Python of the folder where they were installed: in a checkout that was moved they do not
# start, and in a copy they run the program of the original.
MOVED := $(shell [ ! -e .venv/bin/ogp-data ] || grep -qsF '$(subst ','\'',$(CURDIR))/.venv/bin/python' .venv/bin/ogp-data || echo moved)

.PHONY: moved
moved:
	@echo "This checkout was moved or copied after it was installed: .venv belongs to another place and is made again."
	@rm -rf .venv $(BENCH) $(TOOLS)

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
