#!/usr/bin/env bash
# Everything that `make test` needs on the machine, then the tests themselves.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/system.sh postgresql chromium gettext
exec tools/with_postgres.sh .venv/bin/python tools/run_tests.py ${SEED:+--seed "$SEED"} "$@"
