#!/bin/sh
# Programs that some tests start for real. In CI (CI=true, as root) the missing ones are installed from Debian;
# elsewhere the tests that need them skip and say so.
set -eu
[ "${CI:-}" = true ] || exit 0
command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || exit 0
need=""
command -v soffice >/dev/null || need="$need libreoffice-writer-nogui libreoffice-calc-nogui"
command -v tesseract >/dev/null || need="$need tesseract-ocr tesseract-ocr-eng"
command -v pdftoppm >/dev/null || need="$need poppler-utils"
command -v fc-list >/dev/null && fc-list | grep -qi liberation || need="$need fonts-liberation fontconfig"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || need="$need postgresql"
command -v dovecot >/dev/null || [ -x /usr/sbin/dovecot ] || need="$need dovecot-imapd"
[ -n "$need" ] || exit 0
apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $need >/dev/null
