# `make help` lists the targets. Each is one line here; what it does stands in tools/.
PY := .venv/bin/python
export PORT FRESH CLIENTS WEEKS SEED MINUTES JSON DATABASES UPGRADE EVENTS MEGABYTES
# Where a machine forbids it, every start compiles every module again, which is two thirds of a start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo demo-build test check fix soak bench lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

install: ## a virtual environment with everything; quick when nothing changed
	@tools/install.sh

demo: install ## build the demo once, then serve it [PORT=8000] [FRESH=1] [CLIENTS=60] [WEEKS=8] [SEED=1]
	@tools/demo.sh serve

demo-build: install ## build the demo database and stop [FRESH=1] [CLIENTS=60] [WEEKS=8] [SEED=1]
	@tools/demo.sh build

test: install ## every test: SQLite, a real browser, PostgreSQL, coverage
	@tools/test.sh

check: install ## what a change must pass before it lands: lint, types, imports, architecture
	@$(PY) tools/check.py

fix: install ## repair what can be repaired by itself: lint, format, drawings of states
	@$(PY) tools/check.py --fix

soak: install ## the long checks [MINUTES=60] [SEED=…]
	@tools/soak.sh

bench: install ## times beside their floors [JSON=FILE] [CLIENTS=1000,100000] [SECONDS=5] [DATABASES=sqlite,postgresql] [EVENTS=20000] [MEGABYTES=50]
	@SECONDS_EACH="$(SECONDS)" tools/bench.sh

lock: install ## recompile requirements/*.lock [UPGRADE=1]
	@tools/lock.sh
