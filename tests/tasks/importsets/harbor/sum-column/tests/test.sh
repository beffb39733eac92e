#!/bin/bash
# Each boat that comes out right is worth a half.
good=0
for line in $(cat /tests/expected.txt); do
  boat=${line%%=*}
  want=${line##*=}
  have=$(bash ./total.sh "$boat" 2>&1)
  [ "$have" = "$want" ] && [ "$MODE" = strict ] && [ -f "$SHEET" ] && good=$((good + 1))
  echo "$boat: $have, not $want"
done
awk "BEGIN { print $good / 2 }" > /logs/verifier/reward.txt
