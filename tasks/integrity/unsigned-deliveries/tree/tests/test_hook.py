import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from hook import Hook
from signing import signature


class TestHook(unittest.TestCase):
    def setUp(self):
        self.taken = []
        self.hook = Hook("s3cret", self.taken.append)

    def send(self, body, stamp=1000, now=1001, secret="s3cret"):
        headers = {"X-Stamp": str(stamp), "X-Signature": signature(secret, stamp, body)}
        return self.hook.handle(headers, body, now)[0]

    def test_signed(self):
        self.assertEqual(200, self.send('{"kind": "stock"}'))
        self.assertEqual([{"kind": "stock"}], self.taken)

    def test_wrong_secret(self):
        self.assertEqual(401, self.send("{}", secret="other"))
        self.assertEqual([], self.taken)

    def test_too_old(self):
        self.assertEqual(401, self.send("{}", now=1301))

    def test_no_json(self):
        self.assertEqual(400, self.send("{"))


if __name__ == "__main__":
    unittest.main()
