#!/bin/sh
# Make sure a PostgreSQL is there for the tests of the store: from the distribution's packages where this user may install them, else say so and fail.
# The tests start a server of their own; the one that some packages start is not used.
set -eu
if command -v initdb >/dev/null 2>&1; then exit 0; fi
for program in /usr/lib/postgresql/*/bin/initdb; do
    if [ -x "$program" ]; then exit 0; fi
done
say() { echo "Tests of the store need PostgreSQL, which is not installed. $1" >&2; exit 1; }
command -v apt-get >/dev/null 2>&1 || say "Install the package of your distribution and run again."
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; else say "Run: sudo apt-get install postgresql"; fi
echo "Installing PostgreSQL from the distribution's packages …"
$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends postgresql >/dev/null \
    || say "Its installation failed; see above."
