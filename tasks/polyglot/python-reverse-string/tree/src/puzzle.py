"""The puzzles that are made from mirrored text."""

from reverse import reverse


def is_palindrome(text: str) -> bool:
    """Whether ``text`` reads the same both ways, spaces and capitals left out of account."""
    letters = "".join(text.split()).casefold()
    return letters == reverse(letters)


def mirror_pairs(words: list[str]) -> list[tuple[str, str]]:
    """Pairs of different words of which one is the other backwards, in order."""
    known = set(words)
    return [(w, reverse(w)) for w in words if reverse(w) in known and w < reverse(w)]
