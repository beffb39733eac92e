"""Migrates small databases; a child prints what came out, this process knows what is right."""

import os
import sys

sys.path.insert(0, os.environ["CAB_KIT"])
import cabverify
from cabverify import WORKSPACE

HERE = os.path.dirname(os.path.abspath(__file__))
MANY = "\n".join(sorted(f"7 label {n}" for n in range(60)))
EXPECTED = {
    "two_notes_share_a_label": "1 home\n1 work\n2 work\nlabels 2",
    "spaces_around_a_label_go": "1 home\n1 work\nlabels 2",
    "spaces_inside_a_label_stay": "1 to do\n2 to do\nlabels 1",
    "a_label_twice_on_a_note_is_once": "1 home\nlabels 1",
    "case_of_letters_is_kept_and_told_apart": "1 Home\n1 home\n2 HOME\nlabels 3",
    "empty_and_missing_lists": "3 x\nlabels 1",
    "stray_commas_make_no_label": "1 a\n1 b\nlabels 2",
    "quotes_and_percent_signs_are_text": '1 "50%"\n1 o\'clock_\n2 50%\nlabels 3',
    "notes_keep_their_ids_and_texts": "2|two|ann\n5|five, or so|ann\n11|eleven|None",
    "the_old_column_is_gone": "id owner_id text\nnotes_by_owner owner_id",
    "a_label_cannot_be_there_twice": "refused",
    "a_note_cannot_have_a_label_twice": "refused",
    "removing_a_note_removes_its_links": "2 a\nlabels 2",
    "labels_outlive_their_notes": "labels 1",
    "many_labels_on_one_note": MANY + "\nlabels 60",
}
VISIBLE = ("test_notes_survive", "test_owners_survive", "test_labels_are_split")

verifier = cabverify.Verifier()
cabverify.compare(
    verifier, EXPECTED, lambda: [sys.executable, "-I", "-B", os.path.join(HERE, "driver.py"), WORKSPACE]
)
for name in VISIBLE:

    @verifier.test("visible", name)
    def _(name=name):
        cabverify.unittest(
            "test_migrations.TestMigrations." + name, paths=[os.path.join(WORKSPACE, "tests")]
        )


verifier.finish()
