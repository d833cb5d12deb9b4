#!/bin/sh
# Make sure a Chromium is there for the browser tests: from the distribution's packages where this user may install them, else say so and fail.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
say() { echo "Browser tests need Chromium, which is not installed. $1" >&2; exit 1; }
command -v apt-get >/dev/null 2>&1 || say "Install the package of your distribution and run again."
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; else say "Run: sudo apt-get install chromium fonts-noto-cjk"; fi
echo "Installing Chromium and a Chinese font from the distribution's packages …"
$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null \
    || say "Its installation failed; see above."
