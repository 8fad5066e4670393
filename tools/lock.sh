#!/usr/bin/env bash
# Recompiles the locks; with UPGRADE=1 every version is chosen anew, and the day noted. No address of a registry gets into them.
set -euo pipefail
cd "$(dirname "$0")/.."
upgrade=${UPGRADE:+--upgrade}
compile() {
  .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 $upgrade "$@" >/dev/null
}
compile pyproject.toml -o requirements/runtime.lock
(cd requirements && ../.venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal \
  --python-version 3.11 $upgrade dev.in -o dev.lock >/dev/null)
[ -z "$upgrade" ] || date -u +%F >requirements/looked_at.txt
.venv/bin/python -m pytest -q tests/architecture/test_tree.py
