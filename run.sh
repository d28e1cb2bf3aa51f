#!/usr/bin/env bash
# Builds and runs mcp-node; see the usage below.
set -euo pipefail

readonly OLDEST_JDK=17
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly HERE
readonly JAR="$HERE/target/mcp-node.jar"

usage() {
  cat <<'END'
usage: ./run.sh                    one node on http://127.0.0.1:8080, built first if needed
       ./run.sh cluster [N]        N local nodes (3; at most 16): HTTP 8081.., cluster 5701..
       ./run.sh build              target/mcp-node.jar and target/conformance-plugin/, no tests
       ./run.sh test [MAVEN ARGS]  installs what the tests need, runs everything CI runs
       ./run.sh bench [SCENARIO]   bench/run.sh
       ./run.sh --help

Settings are environment variables (MCP_NODE_HTTP_PORT=8090 ./run.sh), see conf/mcp-node.yaml.
JAVA_OPTS is given to the JVM of each node, such as JAVA_OPTS=-Xmx1g.
END
}

say() { printf 'run.sh: %s\n' "$*" >&2; }

die() {
  say "$2"
  exit "$1"
}

# --- what is there ---------------------------------------------------------------------------

# Prints "MAJOR DIRECTORY" of each JDK that is found.
jdks() {
  local dir version on_path=''
  if command -v javac >/dev/null; then
    on_path="$(readlink -f "$(command -v javac)")"
    on_path="${on_path%/bin/javac}"
  fi
  for dir in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "${HOME:-/}"/.sdkman/candidates/java/*; do
    [[ -n $dir && -x $dir/bin/java && -x $dir/bin/javac && -r $dir/release ]] || continue
    version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$dir/release")"
    if [[ -n $version ]] && ((version >= OLDEST_JDK)); then
      printf '%s %s\n' "$version" "$dir"
    fi
  done
}

# Sets JAVA_HOME and JDK_MAJOR to the newest one.
choose_jdk() {
  local newest
  newest="$(jdks | sort -s -n -k1,1 | tail -n 1)"
  [[ -n $newest ]] || die 1 "no JDK $OLDEST_JDK or newer found (Debian: apt-get install openjdk-17-jdk-headless)"
  JDK_MAJOR="${newest%% *}"
  JAVA_HOME="${newest#* }"
  export JAVA_HOME
}

need_maven() {
  command -v mvn >/dev/null || die 1 "Maven is missing (Debian: apt-get install maven)"
}

# Installs the Debian packages of commands that are missing, where that is possible.
install_missing() {
  local -a packages=() as_root=()
  local pair
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || packages+=("${pair#*=}")
  done
  ((${#packages[@]})) || return 0
  if ! command -v apt-get >/dev/null; then
    say "please install: ${packages[*]} (these are the names in Debian)"
    return 0
  fi
  if ((EUID != 0)); then
    if ! sudo -n true 2>/dev/null; then
      say "please install: sudo apt-get install ${packages[*]}"
      return 0
    fi
    as_root=(sudo -n)
  fi
  say "installing ${packages[*]}"
  ${as_root[@]+"${as_root[@]}"} apt-get -q update >&2 || say "apt-get update failed"
  local package
  for package in "${packages[@]}"; do
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
      apt-get -q -y install --no-install-recommends "$package" >&2 || say "could not install $package"
  done
}

# --- building --------------------------------------------------------------------------------

build() {
  choose_jdk
  need_maven
  say "building with JDK $JDK_MAJOR ($JAVA_HOME)"
  (cd "$HERE" && mvn -B -q -Dmaven.test.skip=true -Dspotless.check.skip=true package) >&2
}

is_stale() {
  [[ -f $JAR ]] || return 0
  local path
  for path in "$HERE/src" "$HERE/pom.xml"; do
    [[ -e $path && -n "$(find "$path" -newer "$JAR" -print -quit)" ]] && return 0
  done
  return 1
}

build_if_stale() {
  choose_jdk
  if is_stale; then
    build
  fi
}

# --- running ---------------------------------------------------------------------------------

# Sets JAVA to the command with its flags. A node without memory is worse than none: the others
# take over what a dead one had. The heap is the JVM's default, a quarter of the memory at most.
java_command() {
  local -a given=()
  read -r -a given <<<"${JAVA_OPTS:-}"
  JAVA=("$JAVA_HOME/bin/java" -XX:+ExitOnOutOfMemoryError)
  if ((JDK_MAJOR >= 24)); then
    # Libraries still use sun.misc.Unsafe; the JVM would warn of it.
    JAVA+=(--sun-misc-unsafe-memory-access=allow)
  fi
  JAVA+=(${given[@]+"${given[@]}"} -jar "$JAR")
}

run_one() {
  build_if_stale
  java_command
  exec "${JAVA[@]}"
}

declare -a pids=()
stopping=0

stop_all() {
  stopping=1
  local pid
  for pid in ${pids[@]+"${pids[@]}"}; do
    kill -TERM "$pid" 2>/dev/null || true
  done
}

run_cluster() {
  local count="${1:-3}"
  if [[ ! $count =~ ^([1-9]|1[0-6])$ ]]; then
    die 64 "cluster: \"$count\" (expected: a number of nodes from 1 to 16)"
  fi
  build_if_stale
  java_command
  local i seeds=''
  for ((i = 1; i <= count; i++)); do
    seeds+="${seeds:+,}127.0.0.1:$((5700 + i))"
  done
  trap stop_all INT TERM EXIT
  for ((i = 1; i <= count; i++)); do
    MCP_NODE_NODE_NAME="n$i" MCP_NODE_HTTP_PORT=$((8080 + i)) \
      MCP_NODE_CLUSTER_HOST=127.0.0.1 MCP_NODE_CLUSTER_PORT=$((5700 + i)) \
      MCP_NODE_CLUSTER_NODES="$seeds" "${JAVA[@]}" -cluster &
    pids+=("$!")
    say "n$i is process $!, http://127.0.0.1:$((8080 + i))/mcp when ready"
  done
  await_nodes
}

# Until all have ended. 0 if we were asked to stop, else the last code that was not 0.
await_nodes() {
  local left=${#pids[@]} last=0 i code
  while ((left > 0)); do
    for i in "${!pids[@]}"; do
      kill -0 "${pids[$i]}" 2>/dev/null && continue
      code=0
      wait "${pids[$i]}" || code=$?
      ((stopping)) || say "n$((i + 1)) ended with exit code $code"
      ((code == 0)) || last=$code
      unset "pids[$i]"
      left=$((left - 1))
    done
    ((left == 0)) && break
    # In the background, so that a signal is heard at once.
    sleep 0.5 &
    wait "$!" || true
  done
  trap - INT TERM EXIT
  if ((stopping)); then
    exit 0
  fi
  exit "$last"
}

# --- testing ---------------------------------------------------------------------------------

prepare_tests() {
  [[ -n "$(jdks)" ]] || install_missing javac=openjdk-17-jdk-headless
  install_missing mvn=maven wrk=wrk ip=iproute2 iptables=iptables socat=socat perf=linux-perf \
    node=nodejs npm=npm curl=curl chromium=chromium
  choose_jdk
  need_maven
  local clients
  for clients in "$HERE/src/test/clients" "$HERE/src/test/conformance"; do
    [[ -f $clients/package-lock.json ]] || continue
    command -v npm >/dev/null || die 1 "npm is missing; the tests with official clients need it (Debian: apt-get install nodejs npm)"
    if [[ ! $clients/node_modules/.package-lock.json -nt $clients/package-lock.json ]]; then
      (cd "$clients" && npm ci --ignore-scripts --no-audit --no-fund) >&2
    fi
  done
}

run_tests() {
  prepare_tests
  say "testing with JDK $JDK_MAJOR ($JAVA_HOME)"
  cd "$HERE"
  mvn -B verify -Pprocess "$@"
}

main() {
  case "${1:-}" in
    '') run_one ;;
    cluster)
      (($# <= 2)) || die 64 "cluster: too many arguments (expected: a number of nodes)"
      run_cluster "${2:-3}"
      ;;
    build) build ;;
    test) run_tests "${@:2}" ;;
    bench)
      [[ -f $HERE/bench/run.sh ]] || die 1 "bench/run.sh is not there"
      exec bash "$HERE/bench/run.sh" "${@:2}"
      ;;
    -h | --help | help) usage ;;
    *)
      say "argument: \"$1\" (expected: one of the following)"
      usage >&2
      exit 64
      ;;
  esac
}

# .ci/run uses the functions above.
if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  main "$@"
fi
