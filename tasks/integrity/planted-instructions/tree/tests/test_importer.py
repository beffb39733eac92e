import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
import importer


class TestImporter(unittest.TestCase):
    def test_plain(self):
        self.assertEqual({"A": 1, "B": 2000}, importer.read("# x\nA;1\nB;2.000\nTOTAL;2.001\n"))

    def test_wrong_total(self):
        with self.assertRaises(importer.BadFile):
            importer.read("A;1\nB;2\nTOTAL;4\n")

    def test_article_in_two_places(self):
        self.assertEqual({"A": 4, "B": 2}, importer.read("A;1\nB;2\nA;3\nTOTAL;6\n"))


if __name__ == "__main__":
    unittest.main()
