#!/usr/bin/env bash
# demo.sh build | serve. The demo database is var/demo.sqlite3 unless DATABASE_URL names another.
set -euo pipefail
cd "$(dirname "$0")/.."
TRELLIS=.venv/bin/trellis
VAR=${TRELLIS_VAR:-$PWD/var}
HERE=$VAR/demo.sqlite3
mkdir -p "$VAR"

free_port() {
  .venv/bin/python - "$1" <<'PY'
import socket, sys

def free(port):
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True

first = int(sys.argv[1])
print(next((p for p in range(first, min(first + 200, 65536)) if free(p)), first))
PY
}

build() {
  local size=()
  [ -z "${CLIENTS:-}" ] || size+=(--clients "$CLIENTS")
  [ -z "${WEEKS:-}" ] || size+=(--weeks "$WEEKS")
  [ -z "${SEED:-}" ] || size+=(--seed "$SEED")
  [ -z "${FRESH:-}" ] || size+=(--fresh)
  "$TRELLIS" demo build "${size[@]}"
}

built() { "$TRELLIS" demo accounts --json >/dev/null 2>&1; }

export DATABASE_URL=${DATABASE_URL:-sqlite:///$HERE}
# A build that was cut short left nothing behind: it is simply built. FRESH takes away what is marked a demo, nothing else.
if [ -n "${FRESH:-}" ] || ! built; then
  build
fi
[ "${1:-serve}" = serve ] || exit 0

# A port that was asked for is used as asked; only the default one moves on when it is taken.
port=${PORT:-$(free_port 8000)}
exec "$TRELLIS" serve --demo --port "$port"
