"""Sorts what each case names, and prints it."""

import os
import sys

sys.path.insert(0, os.path.join(sys.argv[1], "src"))


def answer(name):
    from sorter import ranks, smallest, sorted_by

    if name == "numbers":
        return sorted_by([5, 3, 8, 1, 2])
    if name == "one_and_none":
        return [*sorted_by([7]), "|", *sorted_by([])]
    if name == "descending_input":
        return sorted_by(range(7, 0, -1))
    if name == "words_by_length_then_place":
        return sorted_by(["road", "the", "a", "sea", "an", "by"], key=len)
    if name == "stable_for_all_equal":
        return sorted_by("abcde", key=lambda _: 0)
    if name == "negative_numbers":
        return sorted_by([0, -1, 2, -3])
    if name == "ranks_with_ties":
        return ranks([4, 3, 4, 9])
    if name == "ranks_all_equal":
        return ranks(["x", "x", "x"])
    if name == "two_smallest":
        return smallest([3, 2, 1], 2)
    if name == "more_than_there_are":
        return smallest([3, 2, 1], 9)
    if name == "input_is_left_alone":
        given = [3, 1, 2]
        sorted_by(given)
        return given
    pairs = [((n * 7919) % 101, n) for n in range(1000)]
    done = sorted_by(pairs, key=lambda pair: pair[0])
    return ["sorted" if done == sorted(pairs) else "not sorted"]


for name in sys.argv[2:]:
    print("==", name)
    print(*answer(name))
    print("== .", flush=True)
