#!/usr/bin/env bash
# Recompiles the locks. No address of a registry gets into them.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 "$@" >/dev/null
}
compile pyproject.toml -o requirements/runtime.lock
(cd requirements && ../.venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal \
  --python-version 3.11 dev.in -o dev.lock >/dev/null)
.venv/bin/python -m pytest -q tests/architecture/test_tree.py
