"""Parts by the words of their names."""


def search(store, text):
    """The parts whose names have all words of ``text``, best match first."""
    words = text.lower().split()
    found = []
    for part in store.parts:
        name = part["name"].lower()
        if all(word in name for word in words):
            found.append((len(name) - sum(map(len, words)), part["number"], part))
    found.sort(key=lambda row: row[:2])
    return [part for _, _, part in found]
