#!/bin/sh
# Makes the virtual environment: make-venv.sh PYTHON VENV
# Debian ships python3 without ensurepip; root gets python3-venv installed, anybody else is told what to do.
set -eu
python=$1
venv=$2
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Python 3.11 or later is needed. Install it (Debian: apt install python3 python3-venv) and run this again." >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
  else
    echo "This Python cannot make virtual environments. Install python3-venv (Debian: sudo apt install python3-venv) and run this again." >&2
    exit 1
  fi
fi
[ -x "$venv/bin/pip" ] || "$python" -m venv "$venv"
echo "Installing the packages (the first time takes a minute) ..."
"$venv/bin/pip" install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
"$venv/bin/pip" install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group dev
