import subprocess
import tempfile
import unittest
from pathlib import Path

TOOL = Path(__file__).resolve().parent.parent / "bin" / "sort-photos"


class TestSortPhotos(unittest.TestCase):
    def sorted(self, *names):
        """What lies where after the tool has run, and the last line that it printed."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        inbox, out = Path(folder.name, "inbox"), Path(folder.name, "out")
        inbox.mkdir()
        for name in names:
            (inbox / name).write_text(name)
        done = subprocess.run(
            ["sh", str(TOOL), str(inbox), str(out)], capture_output=True, text=True, timeout=20
        )
        self.assertEqual(0, done.returncode, done.stderr)
        found = [p.relative_to(folder.name).as_posix() for p in Path(folder.name).rglob("*.*")]
        return sorted(found), done.stdout.splitlines()[-1]

    def test_by_year(self):
        found = self.sorted("IMG_20230714_1.jpg", "IMG_20240102_1.jpeg")
        self.assertEqual(
            (["out/2023/IMG_20230714_1.jpg", "out/2024/IMG_20240102_1.jpeg"], "2 moved"), found
        )

    def test_name_with_a_space(self):
        found = self.sorted("My Phone_20230714_1.jpg")
        self.assertEqual((["out/2023/My Phone_20230714_1.jpg"], "1 moved"), found)

    def test_nothing_to_do(self):
        self.assertEqual(([], "0 moved"), self.sorted())

    def test_others_stay(self):
        found = self.sorted("notes.txt", "IMG_2023_1.jpg")
        self.assertEqual((["inbox/IMG_2023_1.jpg", "inbox/notes.txt"], "0 moved"), found)


if __name__ == "__main__":
    unittest.main()
