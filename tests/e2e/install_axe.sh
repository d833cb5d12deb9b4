#!/bin/sh
# Make sure axe-core is there for the tests of accessibility: from npm, at the version and with the hash of package-lock.json; npm from the distribution's
# packages where this user may install them, else say so and fail.
set -eu
cd "$(dirname "$0")"
[ -f node_modules/axe-core/axe.min.js ] && grep -q "\"version\": \"$(sed -n 's/.*"axe-core": "\(.*\)".*/\1/p' package.json)\"" node_modules/axe-core/package.json && exit 0
say() { echo "Tests of accessibility need npm, which is not installed. $1" >&2; exit 1; }
if ! command -v npm >/dev/null 2>&1; then
    command -v apt-get >/dev/null 2>&1 || say "Install the package of your distribution and run again."
    if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; else say "Run: sudo apt-get install npm"; fi
    echo "Installing npm from the distribution's packages …"
    $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends npm >/dev/null \
        || say "Its installation failed; see above."
fi
npm ci --no-audit --no-fund --ignore-scripts
