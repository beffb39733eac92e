"""A task list in a text file: one task a line, done ones begin with an x."""

import re
from dataclasses import dataclass, replace

_PRIORITY = re.compile(r"\(([A-Z])\) (.*)")


@dataclass(frozen=True)
class Item:
    """``priority`` is a letter, A the highest, or ``None``. Tags are words that begin with +."""

    text: str
    done: bool = False
    priority: str = None

    @property
    def tags(self):
        return tuple(word[1:] for word in self.text.split() if word.startswith("+") and word[1:])


def parse(line):
    """The item of one line."""
    done = line.startswith("x ")
    rest = line[2:] if done else line
    match = _PRIORITY.fullmatch(rest)
    priority, text = match.groups() if match else (None, rest)
    return Item(text.strip(), done, priority)


def render(item):
    """The line of one item: the inverse of :func:`parse`."""
    priority = f"({item.priority}) " if item.priority else ""
    return ("x " if item.done else "") + priority + item.text


def load(text):
    """All items of a file; empty lines are left out."""
    return [parse(line) for line in text.splitlines() if line.strip()]


def dump(items):
    """The file of these items."""
    return "".join(render(item) + "\n" for item in items)


def open_items(items):
    """What is to be done, the highest priority first, those without one last; else as listed."""
    left = [item for item in items if not item.done]
    return sorted(left, key=lambda item: item.priority or "[")


def tagged(items, tag):
    """The items with a tag, as listed."""
    return [item for item in items if tag in item.tags]


def finish(items, number):
    """The list with item ``number``, counted from 1, done. Raises IndexError when there is none."""
    if not 1 <= number <= len(items):
        raise IndexError(f"there is no item {number}")
    out = list(items)
    out[number - 1] = replace(out[number - 1], done=True)
    return out
