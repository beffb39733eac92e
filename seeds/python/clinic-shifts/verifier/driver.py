"""Works out what each case names, and prints it."""

import sys

sys.path.insert(0, sys.argv[1])


def no(text):
    from shifts import parse

    try:
        return parse(text).minutes
    except ValueError:
        return "no"


def answer(name):
    from shifts import Shift, complaints, covered, parse, pay

    s = parse
    cases = {
        "lengths": lambda: [
            s('Mon 08:00-12:00').minutes, s('Tue 22:00-06:30').minutes, s('Sun 23:00-01:00').end
        ],
        "breaks": lambda: [
            s('Mon 08:00-14:00').paid, s('Mon 08:00-14:01').paid, s('Mon 08:00-16:30').paid
        ],
        "night_minutes": lambda: [
            s('Mon 22:00-06:00').night(), s('Mon 06:00-22:00').night(), s('Mon 20:00-23:30').night(), s('Tue 05:00-07:00').night()
        ],
        "night_at_the_edges": lambda: [
            s('Mon 21:59-22:01').night(), s('Wed 05:59-06:01').night(), s('Mon 00:00-05:00').night(), s('Mon 00:00-23:59').night()
        ],
        "weekdays": lambda: [
            s('Mon 00:00-01:00').weekday(), s('Sun 23:59-08:00').weekday(), s('Sat 10:00-11:00').weekday(), Shift(7 * 1440, 7 * 1440 + 5).weekday()
        ],
        "over_midnight": lambda: [
            s('Mon 22:00-22:00').minutes, s('Mon 10:00-09:59').minutes, s('Tue 00:00-00:01').start
        ],
        "what_is_no_shift": lambda: [
            [no(t) for t in ('Mon', 'Xyz 1:00-2:00', 'Mon 8-9', 'Mon 24:00-1:00', 'Mon 1:60-2:00', 'Mon 1:0-2:00', 'Mon a:00-2:00', 'Mon 23:59-0:59', 'Mon 8:00')]
        ],
        "nothing_to_complain": lambda: [
            complaints([]), complaints([s('Mon 08:00-20:00'), s('Tue 07:00-12:00')])
        ],
        "too_long": lambda: [
            complaints([s('Mon 08:00-20:01')]), complaints([s('Mon 08:00-20:00')]), complaints([s('Wed 06:00-07:00'), s('Thu 00:00-13:00')])
        ],
        "too_little_rest": lambda: [
            complaints([s('Mon 08:00-16:00'), s('Tue 02:59-08:00')]), complaints([s('Mon 08:00-16:00'), s('Tue 03:00-08:00')]), complaints([s('Mon 08:00-16:00'), s('Mon 16:00-18:00')])
        ],
        "overlaps": lambda: [
            complaints([s('Mon 12:00-18:00'), s('Mon 08:00-12:01')])
        ],
        "a_day_off": lambda: [
            complaints([Shift(d * 1440, d * 1440 + 60) for d in range(7)]), complaints([Shift(d * 1440, d * 1440 + 60) for d in range(6)])
        ],
        "plain_pay": lambda: [
            pay([s('Mon 08:00-12:00')], 1500), pay([s('Mon 08:00-16:00')], 1500), pay([], 1500)
        ],
        "night_pay": lambda: [
            pay([s('Mon 22:00-02:00')], 1200), pay([s('Mon 20:00-00:00')], 1200), pay([s('Tue 22:00-06:00')], 1200)
        ],
        "sunday_pay": lambda: [
            pay([s('Sun 08:00-12:00')], 1000), pay([s('Sun 22:00-02:00')], 1000), pay([s('Sat 22:00-02:00')], 1000)
        ],
        "parts_of_a_cent": lambda: [
            pay([Shift(480, 481)], 1000), pay([Shift(480, 481), Shift(490, 491), Shift(500, 501)], 1000), pay([Shift(480, 487)], 999)
        ],
        "somebody_is_there": lambda: [
            covered([s('Mon 08:00-12:00'), s('Mon 12:00-16:00')], 480, 960), covered([s('Mon 08:00-12:00'), s('Mon 12:01-16:00')], 480, 960), covered([], 0, 0), covered([], 0, 1)
        ],
        "enough_people": lambda: [
            covered([s('Mon 08:00-12:00')] * 2, 480, 720, 2), covered([s('Mon 08:00-12:00')], 480, 720, 2), covered([s('Mon 08:00-12:00'), s('Mon 09:00-12:00')], 500, 720, 2), covered([s('Mon 08:00-12:00')], 470, 720)
        ],
    }
    return cases[name]()


for name in sys.argv[2:]:
    print("==", name)
    print(*answer(name))
    print("== .", flush=True)
