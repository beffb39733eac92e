"""Opening hours and appointments, in minutes since midnight; days are numbered from 0, a Monday."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Span:
    """From ``start`` up to but not including ``end``."""

    start: int
    end: int

    def __post_init__(self):
        if not 0 <= self.start < self.end <= 24 * 60:
            raise ValueError(f"no span: {self.start}-{self.end}")

    @property
    def minutes(self):
        return self.end - self.start

    def overlaps(self, other):
        """Whether both have a minute in common."""
        return self.start < other.end and other.start < self.end


@dataclass
class Calendar:
    """What is open on which weekday, and what is taken on which day."""

    opening: dict = field(default_factory=dict)  # weekday 0-6 -> spans in order
    taken: dict = field(default_factory=dict)  # day -> spans in order

    def open_on(self, day):
        """The opening hours of a day."""
        return self.opening.get(day % 7, [])

    def free(self, day):
        """What is open and not taken on ``day``, in order, as long spans as possible."""
        left = []
        for opened in self.open_on(day):
            start = opened.start
            for taken in self.taken.get(day, []):
                if taken.end <= start or taken.start >= opened.end:
                    continue
                if taken.start > start:
                    left.append(Span(start, taken.start))
                start = max(start, taken.end)
            if start < opened.end:
                left.append(Span(start, opened.end))
        return left

    def book(self, day, span):
        """Take ``span`` on ``day``; raises ValueError when it is not free as a whole."""
        if not any(f.start <= span.start and span.end <= f.end for f in self.free(day)):
            raise ValueError("not free")
        self.taken[day] = sorted([*self.taken.get(day, []), span])

    def cancel(self, day, span):
        """Free ``span`` again; raises KeyError when it was not booked like this."""
        if span not in self.taken.get(day, []):
            raise KeyError(span)
        self.taken[day].remove(span)

    def first(self, minutes, day, not_before=0, days=14):
        """(day, span) of the first free span of ``minutes`` within ``days`` days, or ``None``.

        On ``day`` itself nothing starts before ``not_before``.
        """
        for ahead in range(days):
            for free in self.free(day + ahead):
                earliest = not_before
                start = max(free.start, earliest)
                if start + minutes <= free.end:
                    return day + ahead, Span(start, start + minutes)
        return None

    def used(self, day):
        """How much of a day's opening hours is taken, from 0 to 1; 0 when nothing is open."""
        open_minutes = sum(span.minutes for span in self.open_on(day))
        if not open_minutes:
            return 0.0
        return sum(span.minutes for span in self.taken.get(day, [])) / open_minutes
