"""Lets the tool sort small inboxes; a child prints what lies where, this process judges."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = {
    "plain_names": "out/2001/a_20010101_x.jpg\nout/2002/b_20020202_y.jpeg\n2 moved",
    "spaces_everywhere": "out/2011/ a b_20110101_c d .jpg\nout/2012/x y_20120101_ .jpeg\n2 moved",
    "several_spaces_and_tabs": "out/2011/a  b\\tc_20110101_1.jpg\n1 moved",
    "names_that_look_like_options": "out/2011/--_20110101_1.jpg\nout/2011/-n_20110101_1.jpg\n2 moved",
    "stars_and_brackets": "out/2011/*_20110101_1.jpg\nout/2011/[ab]_20110101_1.jpg\n"
    "out/2011/a_20110101_1.jpg\nout/2012/?_20120101_1.jpg\n4 moved",
    "quotes_and_dollars": "out/2011/$HOME_20110101_1.jpg\nout/2011/`id`_20110101_1.jpg\n"
    "out/2011/it's_20110101_\"1\".jpg\n3 moved",
    "a_line_end_in_a_name": "out/2011/a\\nb_20110101_1.jpg\n1 moved",
    "source_with_spaces": "in box/keep.txt\nout/2011/a_20110101_1.jpg\n1 moved",
    "target_with_spaces": "o u t/2011/a_20110101_1.jpg\n1 moved",
    "nothing_is_overwritten": "in/a b_20110101_1.jpg=new\nout/2011/a b_20110101_1.jpg=old\n"
    "out/2011/c_20110101_1.jpg=new\n1 moved",
    "no_photos_at_all": "0 moved",
    "only_other_files": "in/a_20110101_1.png\nin/a_2011_1.jpg\nin/b 20110101 1.jpg\n0 moved",
    "the_count_is_right": "\n".join(f"out/2015/p {n}_20150101_x.jpg" for n in range(5)) + "\n5 moved",
}
VISIBLE = ("test_by_year", "test_name_with_a_space", "test_nothing_to_do", "test_others_stay")

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), WORKSPACE]
)
for name in VISIBLE:

    @verifier.test("visible", name)
    def _(name=name):
        cabverify.unittest(
            "test_sort_photos.TestSortPhotos." + name, paths=[os.path.join(WORKSPACE, "tests")]
        )


verifier.finish()
