#!/usr/bin/env bash
# with_postgres.sh COMMAND…: runs COMMAND with DATABASE_URL naming a PostgreSQL cluster made for it and removed after it.
# Nothing listens on the network: the socket lies in a folder of its own. It does not wait for the disk, so it is not for
# data that matters; PG_DURABLE=1 makes it wait for each commit as a real one does.
set -euo pipefail
"$(dirname "$0")/system.sh" postgresql

BIN=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -1 || true)")
[ -x "$BIN/initdb" ] || BIN=$(dirname "$(command -v initdb)")
WHERE=$(mktemp -d "${TMPDIR:-/tmp}/trellis-pg.XXXXXX")
chmod 755 "$WHERE"

# PostgreSQL refuses to run as root, and the postgres user must be able to read the folder that it starts in.
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$WHERE"
  as=(runuser -u postgres --)
fi
here=$PWD
cd "$WHERE"

stop() {
  cd "$WHERE" 2>/dev/null && "${as[@]}" "$BIN/pg_ctl" -D "$WHERE/data" -w -m immediate stop >/dev/null 2>&1 || true
  cd /
  rm -rf "$WHERE"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# autovacuum would open transactions of its own, and what waits for every older one, as the sealer does, would wait for it
hasty="-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
[ -z "${PG_DURABLE:-}" ] || hasty=""

"${as[@]}" "$BIN/initdb" -D "$WHERE/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$WHERE/initdb.log" 2>&1 \
  || { cat "$WHERE/initdb.log" >&2; exit 2; }
"${as[@]}" "$BIN/pg_ctl" -D "$WHERE/data" -w -l "$WHERE/log" start >/dev/null \
  -o "-k $WHERE -c listen_addresses='' -c max_connections=200 $hasty" \
  || { cat "$WHERE/log" >&2; exit 2; }
"${as[@]}" "$BIN/createdb" -h "$WHERE" -U postgres trellis

cd "$here"
export DATABASE_URL="postgres://postgres@${WHERE//\//%2F}/trellis"
"$@"
