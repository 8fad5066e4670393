#!/usr/bin/env bash
# Makes .venv from the locked requirements. Run again, it does nothing unless something changed.
set -euo pipefail
cd "$(dirname "$0")/.."

UV=0.13.9
VENV=.venv
STAMP=$VENV/.installed
PY=$VENV/bin/python

python() {
  local candidate
  for candidate in python3.11 python3 python; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "Trellis needs Python 3.11 or later, with venv and pip. Please install it, then run this again." >&2
  return 2
}

fingerprint() {
  cat requirements/runtime.lock requirements/dev.lock pyproject.toml tools/install.sh | sha256sum
  "$PY" -c 'import sys; print(sys.version, sys.prefix)' 2>/dev/null || true
}

# The hashes in the locks are checked by both installers; uv is only the faster of the two.
packages() {
  local locks=(-r requirements/runtime.lock -r requirements/dev.lock)
  if "$PY" -m pip install --quiet --disable-pip-version-check "uv==$UV" \
    && "$VENV/bin/uv" pip install --quiet --compile-bytecode --python "$PY" --require-hashes "${locks[@]}"; then
    return
  fi
  echo "uv could not install the packages; pip does it instead, which takes longer." >&2
  "$PY" -m pip install --quiet --disable-pip-version-check --require-hashes "${locks[@]}"
}

project() {
  if [ -x "$VENV/bin/uv" ] \
    && "$VENV/bin/uv" pip install --quiet --python "$PY" --no-deps --no-build-isolation -e .; then
    return
  fi
  PATH=$PWD/$VENV/bin:$PATH "$PY" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
}

if [ ! -f "$STAMP" ] || [ ! -x "$VENV/bin/trellis" ] || [ "$(cat "$STAMP")" != "$(fingerprint)" ]; then
  [ -x "$PY" ] || { base=$(python); echo "Making a virtual environment in $VENV"; "$base" -m venv "$VENV"; }
  echo "Installing the packages that requirements/*.lock list"
  packages
  project
  fingerprint > "$STAMP"
fi
"$PY" tools/messages.py
