#!/usr/bin/env bash
# The long checks, on a cluster of their own beside SQLite.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/system.sh postgresql chromium
exec tools/with_postgres.sh .venv/bin/python tools/soak.py --minutes "${MINUTES:-60}" ${SEED:+--seed "$SEED"}
