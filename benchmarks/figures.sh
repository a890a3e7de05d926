#!/bin/sh
# Answers every question of benchmarks/README.md on a folder of pictures and writes the answers
# into docs/benchmarks.md, and the summaries of the comparison into README.md too:
#
#   benchmarks/figures.sh CORPUS
#
# CORPUS holds photos/ (baseline JPEG), progressive/, png/, malformed/{jpeg,png}/, and pictures of all
# kinds in colour/, orientation/ and formats/. About half an hour on a machine that does nothing else.
# JAVA25=.../bin/java adds a second Java to the goals and to cold start.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
corpus=$1
document=$root/docs/benchmarks.md
cd "$root"
benchmarks/peers/run.sh speed --update "$corpus/photos" "$corpus/progressive" "$corpus/png"
benchmarks/peers/run.sh goals --update ${JAVA25:+--other "$JAVA25"} \
  "$corpus/photos" "$corpus/progressive" "$corpus/png" \
  "$corpus"/webp/[0-9].webp "$corpus"/webp/[0-9]_webp_ll.webp samples/animated.gif
benchmarks/peers/run.sh quality --update "$corpus/photos"

tool() { # heap, class, arguments
  heap=$1
  class=$2
  shift 2
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" "-Xmx$heap" -cp benchmarks/target/benchmarks.jar \
    "dev.miniatura.benchmarks.$class" --update "$document" "$@"
}
tool 1g GoldenCorpus "$corpus/colour" "$corpus/orientation" "$corpus/formats"
tool 1g EqualQuality "$corpus/photos"
tool 1g SeveralSizes "$corpus/photos" "$corpus/progressive"
tool 1g Parallelism "$corpus/photos"
tool 1g Allocation "$corpus/photos" "$corpus/progressive" "$corpus/png"
tool 1g LargeImages
tool 64m Malformed "$corpus/malformed/jpeg" "$corpus/malformed/png"
first=$(ls "$corpus"/photos/*.jpg | head -1)
tool 1g ColdStart --java "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA25:+--java "$JAVA25"} "$first"
