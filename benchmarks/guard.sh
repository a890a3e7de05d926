#!/bin/sh
# Fails when Miniatura has become slow; about two minutes. See Guard.java.
#
#   benchmarks/guard.sh                   compare with benchmarks/baseline.json
#   benchmarks/guard.sh --record PATH...  write it anew from these pictures
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
jar=$root/benchmarks/target/benchmarks.jar
[ -f "$jar" ] || mvn -q -B -f "$root/pom.xml" -pl benchmarks -am package -DskipTests
[ "${1-}" != --record ] || shift
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -cp "$jar" dev.miniatura.benchmarks.Guard \
  --baseline "$root/benchmarks/baseline.json" --photos "$root/samples" "$@"
