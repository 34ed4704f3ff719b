# Sourced by tools/lint and tools/test, before Python runs them: a fresh system may
# have none. Installing everything else is left to setup.py.
# shellcheck shell=sh
if ! command -v python3 >/dev/null 2>&1; then
  as_root=
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "threadlint: error: this needs Python 3, and is no Debian or Ubuntu" >&2
    exit 2
  elif [ "$(id -u)" != 0 ]; then
    as_root=sudo
    if ! command -v sudo >/dev/null 2>&1; then
      echo "threadlint: error: python3 is missing, and installing it needs root or sudo" >&2
      exit 2
    fi
  fi
  echo "threadlint: installing python3" >&2
  if ! { $as_root apt-get update -q &&
         $as_root env DEBIAN_FRONTEND=noninteractive \
           apt-get install -y -q --no-install-recommends python3; } >&2; then
    echo "threadlint: error: could not install python3" >&2
    exit 2
  fi
fi
