#!/bin/bash
awk -F, -v boat="$1" '$1 == boat { sum += $3 } END { print sum + 0 }' "$(dirname "$0")/data/catch.csv"
