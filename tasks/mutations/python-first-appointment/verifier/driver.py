"""Asks a calendar for what each case names, and prints it."""

import os
import sys

sys.path.insert(0, os.path.join(sys.argv[1], "src"))


def answer(name):
    from calendar_book import Calendar, Span

    mornings = {day: [Span(480, 720)] for day in range(5)}
    split = {day: [Span(540, 720), Span(840, 960)] for day in range(5)}

    def first(calendar, *words, **more):
        found = calendar.first(*words, **more)
        return "None" if found is None else f"{found[0]} {found[1].start}-{found[1].end}"

    def spans(found):
        return " ".join(f"{span.start}-{span.end}" for span in found)

    if name == "today_after_now":
        return first(Calendar(opening=mornings), 30, 0, not_before=600)
    if name == "tomorrow_from_opening":
        return first(Calendar(opening=mornings), 60, 0, not_before=700)
    if name == "after_a_full_week":
        calendar = Calendar(opening=split)
        for day in range(7):
            for span in calendar.open_on(day):
                calendar.book(day, span)
        return first(calendar, 60, 0, not_before=900)
    if name == "second_opening_span":
        return first(Calendar(opening=split), 60, 0, not_before=700)
    if name == "weekend_is_skipped":
        return first(Calendar(opening=split), 30, 4, not_before=950)
    if name == "days_are_counted":
        return first(Calendar(opening={0: [Span(480, 720)]}), 30, 0, not_before=710, days=7)
    if name == "exactly_fits":
        return first(Calendar(opening=mornings), 240, 0, not_before=481)
    if name == "booked_mornings_are_passed_over":
        calendar = Calendar(opening=mornings)
        calendar.book(1, Span(480, 660))
        return first(calendar, 30, 0, not_before=715)
    if name == "not_before_after_closing":
        return first(Calendar(opening=mornings), 15, 0, not_before=1200)
    if name == "free_around_bookings":
        calendar = Calendar(opening={0: [Span(540, 720)]})
        calendar.book(0, Span(660, 690))
        calendar.book(0, Span(570, 600))
        return spans(calendar.free(0))
    if name == "booking_twice_is_refused":
        calendar = Calendar(opening=mornings)
        calendar.book(0, Span(500, 560))
        try:
            calendar.book(0, Span(559, 600))
        except ValueError as error:
            return str(error)
        return "taken twice"
    if name == "touching_bookings_are_fine":
        calendar = Calendar(opening=split)
        calendar.book(0, Span(600, 660))
        calendar.book(0, Span(540, 600))
        return spans(calendar.taken[0])
    if name == "used_share":
        calendar = Calendar(opening=mornings)
        calendar.book(0, Span(480, 600))
        return f"{calendar.used(0)} {calendar.used(1)} {calendar.used(5)}"
    return first(Calendar(opening={0: [Span(1380, 1440)]}), 10, 0, not_before=1430)


for name in sys.argv[2:]:
    print("==", name)
    print(answer(name))
    print("== .", flush=True)
