"""What the assistant at the desk asks for."""

from calendar_book import Calendar

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def clock(minute):
    """Minutes since midnight as 08:05."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def offer(calendar: Calendar, minutes: int, day: int, now: int) -> str:
    """The first appointment after the call, in words."""
    found = calendar.first(minutes, day, not_before=now)
    if found is None:
        return "nothing within two weeks"
    when, span = found
    return f"{NAMES[when % 7]} {clock(span.start)}-{clock(span.end)}"
