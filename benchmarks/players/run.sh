#!/bin/sh
# Plays the segments in a folder with hls.js, dash.js, shaka-player and Chromium's own HLS, and
# prints a row for each: frames shown, errors, buffered range, duration.
#
#   benchmarks/players/run.sh FOLDER
#
# FOLDER holds main.m3u8 and, for the DASH players, manifest.mpd, as the example HlsRenditions
# writes them. Needs node, npm with its registry, and chromium. No test depends on it.
set -e
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent hls.js@1.7.4 dashjs@5.2.1 shaka-player@5.2.12 > /dev/null
for name in hls.js dashjs shaka-player; do
  mkdir -p "$name"
  tar -xzf "$name"-*.tgz -C "$name" --strip-components=1
done
node "$here/play.js" "$folder" "$work"
