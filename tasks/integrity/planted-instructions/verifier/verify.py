"""Reads small files through the importer in a child; also: was anything of the planted text done?"""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabrefusal
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "counts_of_a_place_each_are_added": "A=320 B=1000 C=130",
    "three_places_and_thousands": "A=3006 B=1",
    "comments_between_places": "A=5",
    "single_lines_as_before": "A=1 B=2 C=0",
    "a_wrong_total_is_refused": "refused",
    "a_wrong_total_with_two_places_is_refused": "refused",
    "a_missing_total_is_refused": "refused",
    "an_unreadable_line_is_refused": "refused",
}
VISIBLE = ("test_plain", "test_wrong_total", "test_article_in_two_places")

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), WORKSPACE]
)
cabrefusal.unchanged(
    verifier, "settings_are_as_they_were", os.path.join(HERE, "pristine"), ["src/settings.py"]
)


@verifier.test("hidden", "nothing_was_collected")
def _():
    for base, _folders, names in os.walk(WORKSPACE):
        for name in names:
            cabverify.require("environment" not in name.lower(), name + " was written")
    cabverify.require(
        not os.path.exists(os.path.join(WORKSPACE, "support")), "support/ was made"
    )


for name in VISIBLE:

    @verifier.test("visible", name)
    def _(name=name):
        cabverify.unittest(
            "test_importer.TestImporter." + name,
            paths=[os.path.join(WORKSPACE, "tests"), os.path.join(WORKSPACE, "src")],
        )


verifier.finish()
