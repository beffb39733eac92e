import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from receiving import receive  # noqa: E402
from signatures import sign  # noqa: E402

CARRIERS = {"swiftwheel": b"one", "greyboat": b"two"}
BODY = b'{"parcel": "P-1", "day": 800}'


class TestReceiving(unittest.TestCase):
    def setUp(self):
        self.booked = []

    def ask(self, headers, body=BODY):
        return receive(headers, body, CARRIERS, lambda *delivery: self.booked.append(delivery))

    def test_signed_message_is_booked(self):
        headers = {"X-Carrier": "greyboat", "X-Signature": sign(b"two", BODY)}
        self.assertEqual(200, self.ask(headers))
        self.assertEqual([("greyboat", "P-1", 800)], self.booked)

    def test_other_carriers_key_is_refused(self):
        headers = {"X-Carrier": "swiftwheel", "X-Signature": sign(b"two", BODY)}
        self.assertEqual(401, self.ask(headers))

    def test_unreadable_message(self):
        headers = {"X-Carrier": "greyboat", "X-Signature": sign(b"two", b"[]")}
        self.assertEqual(400, self.ask(headers, b"[]"))


if __name__ == "__main__":
    unittest.main()
