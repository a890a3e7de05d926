#!/bin/sh
# Compares Miniatura with its peers on the same pictures in the same minutes:
#
#   benchmarks/peers/run.sh [speed|quality|goals] [--update] [options] [PATH...]
#
# PATH is a picture or a folder of them; samples/ without any. The goals are measured with the GIFs
# of GifPictures, too, and without any PATH with these alone. --update writes the tables into
# docs/benchmarks.md and their summaries into README.md as well. Options: PeerSpeed.java.
# Needs java, mvn, node, npm, and from Debian: python3-pil libvips-tools.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
peers=$root/benchmarks/peers
jar=$root/benchmarks/target/benchmarks.jar

/usr/bin/python3 -c 'import PIL' && vipsthumbnail --version >/dev/null || {
  echo 'Pillow or libvips is missing: apt-get install python3-pil libvips-tools' >&2
  exit 1
}
[ -d "$peers/node_modules/sharp" ] || npm ci --silent --prefix "$peers"
[ -f "$jar" ] || mvn -q -B -f "$root/pom.xml" -pl benchmarks -am package -DskipTests

tool=PeerSpeed
case ${1-} in
speed) shift ;;
quality) tool=PeerQuality && shift ;;
goals) tool=Goals && shift ;;
esac
if [ "${1-}" = --update ]; then
  shift
  [ "$tool" = Goals ] || set -- --summary "$root/README.md" "$@"
  set -- --summary "$root/docs/benchmarks.md" \
    --details "$root/docs/benchmarks.md" "$@"
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
if [ "$tool" = Goals ]; then # GIFs of its own, which no collection of photographs has
  gifs=$root/benchmarks/target/gifs
  "$java" -cp "$jar" dev.miniatura.benchmarks.GifPictures "$gifs" "$root/samples"
  set -- "$@" "$gifs"
fi
exec "$java" -cp "$jar" "dev.miniatura.benchmarks.$tool" --peers "$peers" "$@"
