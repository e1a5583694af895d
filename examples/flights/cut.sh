#!/bin/sh
# Cuts the bundled data out of the three million flights:
#   examples/flights/cut.sh FLIGHTS.parquet
# Writes examples/flights/data/departures/{flights,late}.parquet. Build the project first (make build).
set -eu
[ $# -eq 1 ] || { echo "usage: $0 FLIGHTS.parquet" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
exec java @"$root/cli/src/main/launcher/spark.opens" -cp "$(cat "$root/cli/target/classpath")" "$here/CutFlights.java" "$1" "$here/data/departures"
