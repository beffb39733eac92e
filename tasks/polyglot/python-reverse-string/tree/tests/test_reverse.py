import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from reverse import reverse  # noqa: E402


class TestReverse(unittest.TestCase):
    def test_empty(self):
        self.assertEqual("", reverse(""))

    def test_palindrome(self):
        self.assertEqual("level", reverse("level"))

    def test_single(self):
        self.assertEqual("x", reverse("x"))

    def test_accents(self):
        self.assertEqual("éfac", reverse("café"))

    def test_spaces(self):
        self.assertEqual("owt eno", reverse("one two"))

    def test_word(self):
        self.assertEqual("olleh", reverse("hello"))


if __name__ == "__main__":
    unittest.main()
