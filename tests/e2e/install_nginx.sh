#!/bin/sh
# Make sure an nginx is there for the tests behind a proxy: from the distribution's packages where this user may install them, else say so and fail.
# The tests start one of their own; the one that the package starts is not used.
set -eu
PATH=$PATH:/usr/sbin
if command -v nginx >/dev/null 2>&1; then exit 0; fi
say() { echo "Tests behind a proxy need nginx, which is not installed. $1" >&2; exit 1; }
command -v apt-get >/dev/null 2>&1 || say "Install the package of your distribution and run again."
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; else say "Run: sudo apt-get install nginx-light"; fi
echo "Installing nginx from the distribution's packages …"
$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends nginx-light >/dev/null \
    || say "Its installation failed; see above."
