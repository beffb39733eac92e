"""Who sent a message: see docs/security.md."""

import hashlib
import hmac


def sign(key, body):
    """The signature of ``body``, in hex."""
    return hmac.new(key, body, hashlib.sha256).hexdigest()


def valid(key, body, signature):
    """Whether ``signature`` was made with ``key`` for exactly this ``body``."""
    return hmac.compare_digest(sign(key, body).encode(), signature.encode())
