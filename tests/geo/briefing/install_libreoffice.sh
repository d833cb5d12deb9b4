#!/bin/sh
# Make sure LibreOffice Impress and Calc and poppler's tools are there to render PowerPoint and PDF files, and to save workbooks, in tests:
# from the distribution's packages where this user may install them, else say so and fail. The dashboard itself needs none of them.
set -eu
suite() { for folder in /usr/lib/libreoffice /usr/lib64/libreoffice /opt/libreoffice*; do [ -e "$folder/program/libsdlo.so" ] && [ -e "$folder/program/libsclo.so" ] && return 0; done; return 1; }
if command -v soffice >/dev/null 2>&1 && suite && command -v pdftoppm >/dev/null 2>&1; then exit 0; fi
say() { echo "Tests of the files to hand over and to upload need LibreOffice Impress and Calc and poppler's tools, which are not installed. $1" >&2; exit 1; }
command -v apt-get >/dev/null 2>&1 || say "Install the packages of your distribution and run again."
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo"; else say "Run: sudo apt-get install libreoffice-impress libreoffice-calc poppler-utils"; fi
echo "Installing LibreOffice Impress and Calc and poppler's tools from the distribution's packages …"
$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends libreoffice-impress libreoffice-calc poppler-utils >/dev/null \
    || say "Their installation failed; see above."
