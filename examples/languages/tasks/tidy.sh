#!/usr/bin/env bash
# Leave out comments and empty lines, and sort what is left.
# ---
# inputs:
#   readings: {type: txt, description: One reading a line}
# outputs:
#   --out: {type: txt, description: The same without comments}
# ---
set -eu
source "$(dirname "$0")/lib/lines.sh"

without_comments "$1" | LC_ALL=C sort > "$3"
