#!/usr/bin/env bash
# system.sh postgresql chromium gettext: makes sure that each is on this machine, or says how to get it and exits 2.
set -euo pipefail

present() {
  case "$1" in
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null ;;
    chromium)
      [ -x "${CHROMIUM:-}" ] || command -v chromium-headless-shell || command -v chromium || command -v google-chrome
      ;;
    gettext) command -v xgettext >/dev/null ;;
    *) echo "system.sh does not know $1" >&2; exit 2 ;;
  esac
}

# Chromium without windows, where Debian has it: the tests need no more, and it does the same pages at a third of the work.
package() {
  if [ "$1" = chromium ] && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
    echo chromium-headless-shell
  else
    echo "$1"
  fi
}

install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q || return
  local names=() name
  for name in "$@"; do names+=("$(package "$name")"); done
  apt-get install -q -y --no-install-recommends "${names[@]}"
}

missing=()
for name in "$@"; do present "$name" >/dev/null || missing+=("$name"); done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]}"
  (install "${missing[@]}") >&2 </dev/null && exit 0
fi
echo "The tests need ${missing[*]}. Please run: sudo apt-get update && sudo apt-get install ${missing[*]}" >&2
exit 2
