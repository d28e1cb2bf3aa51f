#!/usr/bin/env bash
# Runs a benchmark scenario against target/mcp-node.jar; see README.md beside this file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scenario="${1:-local}"
jar="${MCPNODE_JAR:-target/mcp-node.jar}"
classes=target/bench-classes
plugin=target/bench-plugin
java="${JAVA_HOME:+$JAVA_HOME/bin/}"

if [ ! -f "$jar" ]; then
  echo "$jar is missing (expected: built by ./run.sh build)" >&2
  exit 69
fi
for tool in wrk taskset jcmd; do
  if ! command -v "$tool" >/dev/null; then
    echo "$tool is missing (expected: Debian packages wrk, util-linux and a JDK)" >&2
    exit 69
  fi
done

rm -rf "$classes" "$plugin"
mkdir -p "$classes" "$plugin/classes"
# The harness of the process tests is compiled along, as far as it is used.
"${java}javac" --release 17 -proc:none -Xlint:all,-options,-classfile,-path -Werror -d "$classes" -cp "$jar" \
  -sourcepath bench/java:src/test/java bench/java/io/mcpnode/bench/*.java
# The tools that some scenarios call.
"${java}javac" --release 17 -proc:none -parameters -Xlint:all,-options,-classfile,-path -Werror -d "$plugin/classes" \
  -cp "$jar" bench/plugin/io/mcpnode/bench/plugin/*.java
"${java}jar" --create --file "$plugin/bench.jar" -C "$plugin/classes" .
# Members within this process (scenario members) need what the jar's manifest gives to nodes.
flags=(--add-modules java.se --add-exports java.base/jdk.internal.ref=ALL-UNNAMED)
for package in java.base/java.lang java.base/java.nio java.base/sun.nio.ch java.management/sun.management \
  jdk.management/com.sun.management.internal; do
  flags+=(--add-opens "$package=ALL-UNNAMED")
done
MCP_NODE_LOG_LEVEL="${MCP_NODE_LOG_LEVEL:-ERROR}" exec "${java}java" "${flags[@]}" \
  -Djava.util.concurrent.ForkJoinPool.common.parallelism=2 -Dhazelcast.logging.type=slf4j \
  -Dmcpnode.jar="$jar" -cp "$jar:$classes" io.mcpnode.bench.Bench "$scenario"
