"""The version of this package, as records state it."""

from typing import Final

VERSION: Final = "0.1.0"
