import subprocess
import unittest
from pathlib import Path

TOOL = Path(__file__).resolve().parent.parent / "bin" / "digest"
LOG = """\
06:59:59 INFO mail: sent
07:00:00 ERROR disk: gone
07:10:00 WARN mail: slow
08:00:00 DEBUG mail: ping
short line
"""


class TestDigest(unittest.TestCase):
    def digest(self, *words):
        return subprocess.run(
            ["sh", str(TOOL), *words], input=LOG, capture_output=True, text=True, timeout=20
        )

    def test_all_lines(self):
        expected = "4 lines\nERROR 1\nWARN 1\nINFO 1\nDEBUG 1\n3 mail\n1 disk\n"
        self.assertEqual(expected, self.digest().stdout)

    def test_count(self):
        self.assertEqual("3 mail", self.digest("-n", "1").stdout.splitlines()[-1])

    def test_level(self):
        self.assertEqual("2 lines\nERROR 1\nWARN 1\n1 disk\n1 mail\n", self.digest("-l", "WARN").stdout)

    def test_since(self):
        expected = "2 lines\nWARN 1\nDEBUG 1\n2 mail\n"
        self.assertEqual(expected, self.digest("-s", "07:05").stdout)

    def test_bad_count(self):
        self.assertEqual(2, self.digest("-n", "many").returncode)


if __name__ == "__main__":
    unittest.main()
