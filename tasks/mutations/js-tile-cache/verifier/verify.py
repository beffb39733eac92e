"""Uses the cache from outside: a child prints its answers."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabnode
import cabverify

HERE = os.path.dirname(os.path.abspath(__file__))

EXPECTED = {
    "pinned_twice_and_let_go": """\
["yes","yes","yes","yes","yes","yes","yes","yes"]
["d"] {"pinned":0,"tiles":1,"used":100}""",
    "pinned_three_times_over_and_over": """\
["yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes"]
["b"] {"pinned":0,"tiles":1,"used":95}""",
    "one_of_two_pins_is_left": """\
["yes","yes","yes","yes","no","yes","yes","yes"]
["c","d"] {"pinned":0,"tiles":2,"used":90}""",
    "room_beside_a_tile_pinned_twice": """\
["yes","yes","yes","yes","no","yes"]
["a","d"] {"pinned":30,"tiles":2,"used":100}""",
    "replaced_while_pinned_twice": """\
["yes","yes","yes","yes","yes","yes","no","yes","yes"]
["c"] {"pinned":0,"tiles":1,"used":60}""",
    "deleted_while_pinned_twice": """\
["yes","yes","yes","yes","no","yes","yes","yes"]
["b"] {"pinned":0,"tiles":1,"used":60}""",
    "pins_interleaved_on_two_tiles": """\
["yes","yes","yes","yes","yes","yes","yes","yes","yes","yes","yes"]
["e"] {"pinned":0,"tiles":1,"used":100}""",
    "single_pins": """\
["yes","yes","no","yes","no","yes","no","no"]
["b"] {"pinned":0,"tiles":1,"used":60}""",
    "least_used_go_first": """\
["yes","yes","yes","yes","b25","a25","yes","undefined","no"]
["a","e"] {"pinned":0,"tiles":2,"used":85}""",
    "several_are_dropped_around_a_pinned_one": """\
["yes","yes","yes","yes","yes","yes","no"]
["b","e"] {"pinned":20,"tiles":2,"used":100}""",
    "nothing_dropped_for_what_cannot_fit": """\
["yes","yes","no","yes","no","yes"]
["b","c"] {"pinned":50,"tiles":2,"used":100}""",
    "replaced_at_the_limit": """\
["yes","yes","yes","no","no","yes","yes"]
["a","b"] {"pinned":40,"tiles":2,"used":100}""",
    "unpinned_more_often_than_pinned": """\
["yes","no","yes","yes","no","yes","no","yes"]
["a","b"] {"pinned":40,"tiles":2,"used":100}""",
    "budgets_without_sense": """\
RangeError
RangeError
RangeError
{"pinned":0,"tiles":0,"used":0}""",
}
VISIBLE = [
    "a tile can be got back",
    "the one not used for longest goes",
    "a pinned tile stays",
    "an unpinned tile can go",
    "two layers show the same tiles and are closed",
    "replacing keeps the books right",
]

verifier = cabverify.Verifier()
cabverify.compare(verifier, EXPECTED, lambda: cabnode.driver(os.path.join(HERE, "driver.mjs")))
cabnode.visible(verifier, ["tests/cache.test.js"], VISIBLE)
verifier.finish()
