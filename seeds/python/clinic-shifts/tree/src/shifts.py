"""Shifts of a small clinic: how long they are, what they cost, and whether they may be worked."""

from dataclasses import dataclass

DAY = 24 * 60
NIGHT_FROM, NIGHT_TO = 22 * 60, 6 * 60
REST = 11 * 60
LONGEST = 12 * 60
BREAK_AFTER = 6 * 60
BREAK = 30


@dataclass(frozen=True, order=True)
class Shift:
    """Minutes since the start of the week, from ``start`` up to but not including ``end``."""

    start: int
    end: int

    @property
    def minutes(self):
        return self.end - self.start

    @property
    def paid(self):
        """Minutes without the break, which is due in shifts of more than six hours."""
        if self.minutes > BREAK_AFTER:
            return self.minutes - BREAK
        return self.minutes

    def night(self):
        """How many of its minutes lie between 22:00 and 6:00."""
        total = 0
        for day in range(self.start // DAY - 1, self.end // DAY + 1):
            begin = day * DAY + NIGHT_FROM
            end = (day + 1) * DAY + NIGHT_TO
            total += max(0, min(self.end, end) - max(self.start, begin))
        return total

    def weekday(self):
        """0 for Monday to 6 for Sunday, by the shift's start."""
        return self.start // DAY % 7


def parse(text):
    """``Mon 22:00-06:30`` as a shift; an end before the start is on the next day."""
    name, _, span = text.partition(" ")
    begin, dash, end = span.partition("-")
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    if name not in names or not dash:
        raise ValueError(f"no shift: {text!r}")
    day = names.index(name) * DAY
    start, stop = day + _clock(begin), day + _clock(end)
    if stop <= start:
        stop += DAY
    return Shift(start, stop)


def _clock(text):
    hour, colon, minute = text.partition(":")
    if not colon or not (hour.isdigit() and minute.isdigit() and len(minute) == 2):
        raise ValueError(f"no time: {text!r}")
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError(f"no time: {text!r}")
    return int(hour) * 60 + int(minute)


def complaints(shifts):
    """What is wrong with one person's shifts, in order of time; an empty list when nothing is."""
    found = []
    ordered = sorted(shifts)
    for number, shift in enumerate(ordered):
        if shift.minutes > LONGEST:
            found.append(f"shift {number + 1} is too long")
        if number == 0:
            continue
        gap = shift.start - ordered[number - 1].end
        if gap < 0:
            found.append(f"shifts {number} and {number + 1} overlap")
        elif gap < REST:
            found.append(f"only {gap // 60} h rest before shift {number + 1}")
    if len({shift.weekday() for shift in ordered}) > 6:
        found.append("no day off")
    return found


def pay(shifts, cents_an_hour):
    """Cents for all shifts: night minutes count a quarter more, Sundays half more, not both.

    Whichever is more is paid; parts of a cent are dropped, once, at the end.
    """
    quarters = 0
    for shift in shifts:
        plain = 4 * shift.paid
        if shift.weekday() == 6:
            extra = 2 * shift.paid
        else:
            extra = min(shift.night(), shift.paid)
        quarters += plain + extra
    return quarters * cents_an_hour // 240


def covered(shifts, start, end, people=1):
    """Whether at least ``people`` are there in every minute from ``start`` to ``end``."""
    marks = sorted({start, *(s.start for s in shifts), *(s.end for s in shifts)})
    for mark in marks:
        if start <= mark < end:
            there = sum(1 for s in shifts if s.start <= mark < s.end)
            if there < people:
                return False
    return True
