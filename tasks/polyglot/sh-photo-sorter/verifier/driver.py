"""Runs the tool over the inbox that each case names, and prints what lies where afterwards."""

import subprocess
import sys
import tempfile
from pathlib import Path

#: case -> names in the inbox
INBOXES = {
    "plain_names": ["a_20010101_x.jpg", "b_20020202_y.jpeg"],
    "spaces_everywhere": [" a b_20110101_c d .jpg", "x y_20120101_ .jpeg"],
    "several_spaces_and_tabs": ["a  b\tc_20110101_1.jpg"],
    "names_that_look_like_options": ["-n_20110101_1.jpg", "--_20110101_1.jpg"],
    "stars_and_brackets": [
        "*_20110101_1.jpg", "[ab]_20110101_1.jpg", "a_20110101_1.jpg", "?_20120101_1.jpg",
    ],
    "quotes_and_dollars": [
        "$HOME_20110101_1.jpg", "`id`_20110101_1.jpg", "it's_20110101_\"1\".jpg",
    ],
    "a_line_end_in_a_name": ["a\nb_20110101_1.jpg"],
    "source_with_spaces": ["a_20110101_1.jpg", "keep.txt"],
    "target_with_spaces": ["a_20110101_1.jpg"],
    "nothing_is_overwritten": ["a b_20110101_1.jpg", "c_20110101_1.jpg"],
    "no_photos_at_all": [],
    "only_other_files": ["a_2011_1.jpg", "a_20110101_1.png", "b 20110101 1.jpg"],
    "the_count_is_right": [f"p {n}_20150101_x.jpg" for n in range(5)],
}


def shown(path, folder, contents):
    name = path.relative_to(folder).as_posix().replace("\n", "\\n").replace("\t", "\\t")
    return f"{name}={path.read_text()}" if contents else name


def main(root, names):
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            inbox = Path(folder, "in box" if name == "source_with_spaces" else "in")
            out = Path(folder, "o u t" if name == "target_with_spaces" else "out")
            inbox.mkdir()
            for photo in INBOXES[name]:
                (inbox / photo).write_text("new")
            if name == "nothing_is_overwritten":
                (out / "2011").mkdir(parents=True)
                (out / "2011" / "a b_20110101_1.jpg").write_text("old")
            tool = root / "bin" / "sort-photos"
            done = subprocess.run(
                ["sh", tool, inbox, out], stdin=subprocess.DEVNULL, capture_output=True,
                text=True, timeout=5, cwd=folder,
            )
            print("==", name)
            contents = name == "nothing_is_overwritten"
            files = [p for p in Path(folder).rglob("*") if p.is_file()]
            for line in sorted(shown(path, folder, contents) for path in files):
                print(line)
            print((done.stdout.splitlines() or ["nothing was printed"])[-1])
            print("== .", flush=True)


main(Path(sys.argv[1]), sys.argv[2:])
