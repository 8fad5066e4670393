#!/usr/bin/env bash
# The jobs beside their floors (benchmarks/), on SQLite and on a PostgreSQL of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
databases=${DATABASES:-sqlite,postgresql}
run=(.venv/bin/python -m benchmarks --clients "${CLIENTS:-1000,100000}" --seconds "${SECONDS_EACH:-5}" --databases "$databases")
[ -z "${EVENTS:-}" ] || run+=(--events "$EVENTS")
[ -z "${MEGABYTES:-}" ] || run+=(--megabytes "$MEGABYTES")
[ -z "${JSON:-}" ] || run+=(--json "$JSON")
case ",$databases," in
  # Times of durable writes: this cluster waits for each commit as a real one does.
  *,postgresql,*) PG_DURABLE=1 exec tools/with_postgres.sh "${run[@]}" ;;
  *) exec "${run[@]}" ;;
esac
