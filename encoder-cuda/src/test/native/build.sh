#!/bin/sh
# Builds the native code for the tests: build.sh OUT
# Runs make in each folder here that has a Makefile; libraries go to OUT. Without a C compiler the
# tests that need them are skipped; on a build server (CI=true) that is an error.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1

missing=
for program in cc c++ make; do
  command -v "$program" > /dev/null || missing="$missing $program"
done
if [ -n "$missing" ]; then
  if [ "${CI:-}" = true ]; then
    echo "FAILED: the native code for the tests needs$missing" >&2
    exit 1
  fi
  echo "SKIPPED: the native code for the tests needs$missing; tests that use it will be skipped" >&2
  exit 0
fi

mkdir -p "$out"
for makefile in "$here"/*/Makefile; do
  [ -e "$makefile" ] || continue
  make --silent -C "$(dirname "$makefile")" OUT="$out"
done
