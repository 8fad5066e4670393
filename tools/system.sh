#!/usr/bin/env bash
# system.sh postgresql chromium gettext: makes sure that each is on this machine, or says how to get it and exits 2.
set -euo pipefail

present() {
  case "$1" in
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null ;;
    chromium) [ -x "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null ;;
    gettext) command -v xgettext >/dev/null ;;
    *) echo "system.sh does not know $1" >&2; exit 2 ;;
  esac
}

missing=()
for name in "$@"; do present "$name" || missing+=("$name"); done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"; } >&2 </dev/null && exit 0
fi
echo "The tests need ${missing[*]}. Please run: sudo apt-get update && sudo apt-get install ${missing[*]}" >&2
exit 2
