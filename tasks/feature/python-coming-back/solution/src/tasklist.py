"""A task list in a text file: one task a line, done ones begin with an x."""

import datetime
import re
from dataclasses import dataclass, replace

_PRIORITY = re.compile(r"\(([A-Z])\) (.*)")
_DUE = re.compile(r"due:(\d{4}-\d{2}-\d{2})")
_REPEAT = re.compile(r"every:([1-9]\d*)d")


@dataclass(frozen=True)
class Item:
    """``priority`` is a letter, A the highest, or ``None``. Tags are words that begin with +."""

    text: str
    done: bool = False
    priority: str = None

    @property
    def tags(self):
        return tuple(word[1:] for word in self.text.split() if word.startswith("+") and word[1:])

    @property
    def due(self):
        """The day by which it is to be done, or ``None``: the first word that is a date."""
        for word in self.text.split():
            match = _DUE.fullmatch(word)
            if match:
                try:
                    return datetime.date.fromisoformat(match.group(1))
                except ValueError:
                    continue
        return None

    @property
    def every(self):
        """After how many days it comes back, or ``None``."""
        for word in self.text.split():
            match = _REPEAT.fullmatch(word)
            if match:
                return int(match.group(1))
        return None


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
    """What is to be done, the highest priority first, those without one last; then by due date."""
    left = [item for item in items if not item.done]
    return sorted(left, key=lambda item: (item.priority or "[", item.due or datetime.date.max))


def tagged(items, tag):
    """The items with a tag, as listed."""
    return [item for item in items if tag in item.tags]


def overdue(items, today):
    """What should have been done before ``today`` and is not, the oldest first."""
    late = [item for item in items if not item.done and item.due and item.due < today]
    return sorted(late, key=lambda item: item.due)


def finish(items, number, today=None):
    """The list with item ``number``, counted from 1, done. Raises IndexError when there is none.

    An item that comes back has its next turn right after it.
    """
    if not 1 <= number <= len(items):
        raise IndexError(f"there is no item {number}")
    out = list(items)
    item = out[number - 1]
    out[number - 1] = replace(item, done=True)
    if item.every and item.due and not item.done:
        out.insert(number, _next(item, today))
    return out


def _next(item, today):
    """The item's next turn: a whole number of steps later, and not before ``today``."""
    step = datetime.timedelta(days=item.every)
    day = item.due + step
    while today is not None and day < today:
        day += step
    old = f"due:{item.due.isoformat()}"
    words = item.text.split(" ")
    words[words.index(old)] = f"due:{day.isoformat()}"
    return replace(item, text=" ".join(words))
