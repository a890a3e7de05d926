#!/bin/sh
# Fails when Miniatura has become slow; about a minute and a half. See Guard.java.
#
#   benchmarks/guard.sh           compare with benchmarks/baseline.json
#   benchmarks/guard.sh --record  write it anew
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
jar=$root/benchmarks/target/benchmarks.jar
[ -f "$jar" ] || mvn -q -B -f "$root/pom.xml" -pl benchmarks -am package -DskipTests
if [ "${1-}" = --record ]; then
  shift
  set -- "$@" record
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -cp "$jar" dev.miniatura.benchmarks.Guard \
  --baseline "$root/benchmarks/baseline.json" --photos "$root/samples" "$@"
