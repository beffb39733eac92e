"""Works on the list that each case names, and prints it."""

import datetime
import os
import sys

sys.path.insert(0, os.path.join(sys.argv[1], "src"))


def answer(name):
    import tasklist
    from tasklist import dump, finish, load, open_items

    day = datetime.date

    def due(*lines):
        return " ".join(str(load(line)[0].due) for line in lines)

    def done(text, number=1, today=None):
        items = finish(load(text), number, today) if today else finish(load(text), number)
        return dump(items).rstrip("\n").replace("\n", "|")

    def words(items):
        return " ".join(item.text.split()[0] for item in items)

    table = {
        "due_is_read": lambda: due("a due:2024-05-01", "b", "x (A) due:2024-02-29 c"),
        "no_such_day_is_no_due": lambda: due("a due:2023-02-29", "overdue:2024-01-01", "due:2024-1-1"),
        "first_good_date_counts": lambda: due("a due:2024-13-01 due:2024-01-02 due:2024-01-01"),
        "lines_stay_as_they_are": lambda: (
            "same" if dump(load("x (A) due:2024-01-01  b\nevery:1d\n")) == "x (A) due:2024-01-01  b\nevery:1d\n"
            else "changed"
        ),
        "order_by_priority_then_day": lambda: words(open_items(load(
            "n1 due:2024-01-01\n(B) b1 due:2020-01-01\n(A) a3\n(A) a2 due:2024-02-01\n"
            "x (A) no\n(A) a1 due:2024-01-31\nn2\n"
        ))),
        "no_priority_is_last": lambda: words(open_items(load("x due:2020-01-01\n(Z) z\ny\nx\n")))
        .replace("due:2020-01-01 ", ""),
        "overdue_oldest_first": lambda: words(tasklist.overdue(
            load("a due:2024-01-02\nx c due:2024-01-01\nb due:2024-01-01\nd due:2024-09-01\ne\n"),
            day(2024, 2, 1),
        )),
        "due_today_is_not_overdue": lambda: words(tasklist.overdue(load("a due:2024-01-02\n"), day(2024, 1, 2))),
        "finish_plain": lambda: done("pay +home\nsweep\n"),
        "finish_coming_back": lambda: done("water every:3d due:2024-01-31\nlast\n"),
        "priority_and_tags_come_along": lambda: done("(B) mow +garden due:2024-06-01 every:7d\n"),
        "never_in_the_past": lambda: done("a due:2024-01-01 every:10d\n", today=day(2024, 2, 1)),
        "today_itself_is_fine": lambda: done("a due:2024-01-01 every:10d\n", today=day(2024, 1, 11)),
        "without_a_day_it_does_not_come_back": lambda: done("a every:2d\nb\n"),
        "finishing_twice_adds_nothing": lambda: dump(
            finish(finish(load("a due:2024-01-01 every:2d\n"), 1), 1)
        ).rstrip("\n").replace("\n", "|"),
        "bad_repeats_are_words": lambda: done("a due:2024-01-01 every:0d every:d\n"),
        "spaces_are_kept": lambda: done("a  due:2024-01-01  every:1d b\n"),
    }
    if name in table:
        return table[name]()
    said = []
    for number in (0, 2):
        try:
            finish(load("a\n"), number)
        except IndexError:
            said.append("IndexError")
    return " ".join(said)


for name in sys.argv[2:]:
    print("==", name)
    print(answer(name))
    print("== .", flush=True)
