#!/bin/sh
# Builds the PTX that goes into the jar: build-ptx.sh [OUT]
# The output does not depend on the folder: comments, indentation and the compiler's build number are
# removed. The .version line is lowered from 9.0 to 7.0, so that drivers older than the compiler
# accept it. A hint that is newer than 7.0 (used_bytes_mask) is removed; ptxas, if installed, checks
# that nothing else is newer.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../resources/io/reelmux/cuda/internal/kernel/reelmux.ptx}
nvcc=${NVCC:-nvcc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$nvcc" -std=c++17 -arch=compute_75 -ptx -fmad=false -Werror all-warnings \
  -o "$work/full.ptx" "$here/reelmux.cu"
sed -e 's,[ \t]*//.*$,,' -e 's/^[ \t]*//' -e '/^\.pragma "used_bytes_mask/d' \
  -e '/^$/d' -e 's/^\.version .*/.version 7.0/' \
  "$work/full.ptx" > "$work/reelmux.ptx"
ptxas=$(dirname "$(command -v "$nvcc")")/ptxas
if [ -x "$ptxas" ]; then
  "$ptxas" -arch=sm_75 -o "$work/reelmux.cubin" "$work/reelmux.ptx"
fi
cp "$work/reelmux.ptx" "$out"
