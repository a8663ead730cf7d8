# Everything a newcomer needs: `make run`, and `make` alone for the list.
# The first target that needs it makes .venv from requirements/*.txt; later starts cost nothing.

SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
IN_SERVER := cd server && ../$(PY)

# Any Python 3.11 or newer will do; looked for only when .venv has to be made. `make PYTHON=...` overrides.
PYTHON = $(shell for name in python3 python3.13 python3.12 python3.11 python3.14; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then command -v $$name; exit; fi; done)

ARGS ?=

# Some machines forbid Python to keep what it has compiled (container images often do). Every process that we start would
# compile a hundred libraries again: six seconds, and a test run starts hundreds.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: api help run test lint format demo docs bench bench-realtime load explain fuzz sbom audit emulators migrate shell lock schema web-size clean FORCE

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/base.stamp ## start the whole marketplace (PORT, DATA_DIR from the environment; 8000 and ./var)
	@$(IN_SERVER) -m tools.web build || echo "[setup] THE WEB APP WAS NOT BUILT (see above). The API runs without it."
	@exec $(PY) server/manage.py serve $(ARGS)

demo: $(VENV)/base.stamp ## play the 1000-dollar story over HTTP; ARGS="--gateway=..." and others are passed on
	@exec $(PY) server/manage.py play_story $(ARGS)

test: $(VENV)/dev.stamp ## lint, then the suite on SQLite, then on PostgreSQL + Redis; ARGS go to pytest
	@$(IN_SERVER) -m tools.run_tests $(ARGS)

lint: $(VENV)/dev.stamp ## ruff, mypy, import contracts and our own rules
	@$(IN_SERVER) -m tools.lint $(ARGS)

format: $(VENV)/dev.stamp ## let ruff put the code in order
	@$(PY) -m ruff check --fix-only --quiet server
	@$(PY) -m ruff format server

bench: $(VENV)/dev.stamp ## the benchmark, on a PostgreSQL that it finds or starts; ARGS are passed on
	@$(IN_SERVER) -m tools.services run -- ../$(PY) -m benchmarks $(ARGS)

bench-realtime: $(VENV)/dev.stamp ## our sockets against a bare ASGI + Redis server, in turns (SOCKETS=5000 ROUNDS=3)
	@$(IN_SERVER) -m tools.services run -- ../$(PY) -m benchmarks.realtime $(ARGS)

load: $(VENV)/dev.stamp ## 1,000 sessions at once on the whole of production (ARGS="--users 50 --warm 20 --seconds 20", ARGS="--soak 10")
	@$(IN_SERVER) -m benchmarks.journeys $(ARGS)

explain: $(VENV)/dev.stamp ## what PostgreSQL does for every hot list of a million jobs; fails where it reads too much
	@$(IN_SERVER) -m tools.services run -- ../$(PY) -m benchmarks.explaining $(ARGS)

fuzz: $(VENV)/dev.stamp ## schemathesis over every operation, as everybody (FUZZ_EXAMPLES=5 FUZZ_SEED=7); ARGS go to pytest
	@cd server && FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-5} FUZZ_SEED=$${FUZZ_SEED:-$$(date +%s)} \
		../$(PY) -m pytest tests/openapi/test_fuzz.py -q --show-capture=no -n 2 $(ARGS)

sbom: $(VENV)/dev.stamp ## what others wrote of it, as CycloneDX, to ./sbom.json (ARGS=name for another file)
	@$(IN_SERVER) -m tools.supply.sbom $(or $(ARGS),sbom.json)

audit: $(VENV)/dev.stamp ## is a hole known in it? asks pip-audit and npm; 1: yes, 2: one of them could not be asked
	@$(IN_SERVER) -m tools.supply.audit

emulators: $(VENV)/dev.stamp ## the Stripe adapter against doubles that others wrote (ARGS=--install fetches them)
	@$(IN_SERVER) -m tools.emulators $(ARGS)

migrate: $(VENV)/base.stamp ## bring the database up to date
	@exec $(PY) server/manage.py migrate $(ARGS)

shell: $(VENV)/base.stamp ## a Python shell inside the project
	@exec $(PY) server/manage.py shell $(ARGS)

api: $(VENV)/dev.stamp ## write docs/openapi.yaml and generate the web client from it
	@$(IN_SERVER) -m tools.web api

docs: $(VENV)/dev.stamp ## the documentation site, into ./site (ARGS=serve shows it on port 8000 while you write)
	@$(IN_SERVER) -m tools.site $(ARGS)

web-size: $(VENV)/dev.stamp ## what people download, by route; fails above its budgets
	@$(IN_SERVER) -m tools.web size

schema: $(VENV)/base.stamp ## write the OpenAPI document to docs/openapi.yaml
	@$(PY) server/manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml $(ARGS)

# Hashes of every file of every platform; no index address, no machine path. ARGS=--upgrade takes newer releases.
COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: $(VENV)/dev.stamp ## pin requirements/*.in again (ARGS=--upgrade for newer releases)
	$(COMPILE) $(ARGS) requirements/uv.in --output-file requirements/uv.txt
	$(COMPILE) $(ARGS) requirements/base.in --output-file requirements/base.txt
	$(COMPILE) $(ARGS) --constraints requirements/base.txt requirements/dev.in --output-file requirements/dev.txt

clean: ## remove .venv and caches; keeps ./var (your data)
	rm -rf $(VENV) .cache .hypothesis node_modules web/dist site
	find server -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is older than its pins, or the interpreter went away: bootstrap looks, and installs only what changed.
ifeq ($(wildcard $(PY)),)
$(VENV)/base.stamp $(VENV)/dev.stamp: FORCE
endif
$(VENV)/base.stamp: requirements/uv.txt requirements/base.txt
	@$(call bootstrap,base)
$(VENV)/dev.stamp: requirements/uv.txt requirements/dev.txt
	@$(call bootstrap,dev)
FORCE:

define bootstrap
if [ -z "$(PYTHON)" ]; then \
	echo "JobSphere needs Python 3.11 or newer, and none was found."; \
	echo "Install it (Debian: apt-get install python3 python3-venv) or name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; fi; \
"$(PYTHON)" server/tools/bootstrap.py $(1)
endef
