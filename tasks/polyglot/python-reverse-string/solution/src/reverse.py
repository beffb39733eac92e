"""Text that reads backwards."""


def reverse(text: str) -> str:
    """The characters of ``text``, last one first."""
    return text[::-1]
