"""Text that reads backwards."""


def reverse(text: str) -> str:
    """The characters of ``text``, last one first."""
    mirrored = []
    for character in text:
        mirrored.append(character)
    return "".join(mirrored)
