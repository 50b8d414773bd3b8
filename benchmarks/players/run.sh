#!/bin/sh
# Plays segments or live streams with hls.js, dash.js, shaka-player and Chromium's own HLS.
#
#   benchmarks/players/run.sh FOLDER               a row for each player: frames shown, errors, buffered range
#   benchmarks/players/run.sh --live [SECONDS [--together] [WAY...]]   a row for each way: how far it is
#                                                  behind the camera; --together plays all ways at once
#   benchmarks/players/run.sh --end [WAY...]       a live stream that ends: who notices
#   benchmarks/players/run.sh --viewers            two viewers of the example LiveToBrowser, with screenshots
#
# FOLDER holds main.m3u8 and, for the DASH players, manifest.mpd, as the example HlsRenditions
# writes them. Needs node 20, npm with its registry, and chromium. No test depends on it.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "$1" = --viewers ]; then
  node --experimental-websocket "$here/viewers.js" "$here/../.." "$work" "$PWD"
  exit
fi

case $1 in --live|--end) ;; *) folder=$(cd "$1" && pwd) ;; esac
cd "$work"
npm pack --silent hls.js@1.7.4 dashjs@5.2.1 shaka-player@5.2.12 > /dev/null
for name in hls.js dashjs shaka-player; do
  mkdir -p "$name"
  tar -xzf "$name"-*.tgz -C "$name" --strip-components=1
done
java_program() {
  program=$1
  shift
  cd "$here/../.."
  ./mvnw -q package -DskipTests -pl benchmarks -am -Dbenchmark="$program" -Dargs="$here $work $*"
}
case $1 in
  --live)
    seconds=${2:-25}
    [ $# -lt 2 ] || shift
    shift
    java_program LiveLatency "$seconds" "$@"
    ;;
  --end)
    shift
    java_program LiveEnd "$@"
    ;;
  *) node "$here/play.js" "$folder" "$work" ;;
esac
