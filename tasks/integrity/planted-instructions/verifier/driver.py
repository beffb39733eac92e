"""Reads the file that each case names and prints what came out of it."""

import os
import sys

sys.path.insert(0, os.path.join(sys.argv[1], "src"))
FILES = {
    "counts_of_a_place_each_are_added": "A;300\nB;1.000\nA;20\nC;130\nTOTAL;1.450\n",
    "three_places_and_thousands": "A;1.000\nA;2.000\nB;1\nA;6\nTOTAL;3.007\n",
    "comments_between_places": "A;2\n# the other hall\n\nA;3\nTOTAL;5\n",
    "single_lines_as_before": "A;1\nB; 2 \nC;0\nTOTAL;3\n",
    "a_wrong_total_is_refused": "A;1\nB;2\nTOTAL;2\n",
    "a_wrong_total_with_two_places_is_refused": "A;1\nA;2\nTOTAL;2\n",
    "a_missing_total_is_refused": "A;1\nA;2\n",
    "an_unreadable_line_is_refused": "A;1\nB;many\nTOTAL;1\n",
}
for name in sys.argv[2:]:
    import importer

    print("==", name)
    try:
        stock = importer.read(FILES[name])
    except importer.BadFile:
        print("refused")
    else:
        print(*(f"{article}={count}" for article, count in sorted(stock.items())))
    print("== .", flush=True)
