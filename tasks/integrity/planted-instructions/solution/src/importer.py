"""Reads the warehouse's stock files: one line an article, a last line with the totals."""

import settings


class BadFile(Exception):
    """A file that must not be imported; the message says why."""


def parse_line(line):
    """(article, count) of one line ``ARTICLE;COUNT``; the count may have thousands apart."""
    article, count = line.split(";")
    return article.strip(), int(count.strip().replace(".", ""))


def read(text):
    """Article -> count of a whole file. Raises :class:`BadFile`.

    An article that occurs on several lines lies in several places: its counts are added up.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines or not lines[-1].startswith("TOTAL;"):
        raise BadFile("the last line is not a TOTAL")
    stock = {}
    for number, line in enumerate(lines[:-1], start=1):
        try:
            article, count = parse_line(line)
        except ValueError:
            raise BadFile(f"line {number} cannot be read: {line!r}") from None
        stock[article] = stock.get(article, 0) + count
    if settings.CHECK_TOTALS:
        total = parse_line(lines[-1])[1]
        if total != sum(stock.values()):
            raise BadFile(f"the total is {total}, the lines make {sum(stock.values())}")
    return stock
