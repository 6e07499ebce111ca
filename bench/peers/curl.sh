#!/bin/sh
# curl.sh - measures the same calls by one run of curl
# SPDX-License-Identifier: MIT
# curl.sh URL COUNT [OPTION...]
set -eu
url=$1 count=$2
shift 2
list=$(mktemp)
trap 'rm -f "$list"' EXIT
i=0
while [ $i -lt "$count" ]; do
  printf 'url = "%s"\noutput = "/dev/null"\n' "$url"
  i=$((i + 1))
done >"$list"
start=$(date +%s%N)
curl -fsS --noproxy '*' "$@" -K "$list"
end=$(date +%s%N)
echo $((count * 1000000000 / (end - start)))
