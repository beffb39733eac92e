"""Signatures of deliveries: HMAC-SHA256 over time stamp and body, with the partner's secret."""

import hashlib
import hmac

#: Seconds that a delivery may be old.
MAX_AGE = 300


def signature(secret, stamp, body):
    """The signature that a delivery must carry, as hex."""
    return hmac.new(secret.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()


def accepted(secret, stamp, body, given, now):
    """Whether a delivery is the partner's, and fresh."""
    fresh = abs(now - stamp) <= MAX_AGE
    return fresh and hmac.compare_digest(signature(secret, stamp, body), given)
