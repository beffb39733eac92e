"""A stable merge sort with a key, for records that are compared by several columns."""


def merged(left, right, key):
    """Both sorted lists as one; of equal records those of ``left`` come first."""
    out = []
    at = other = 0
    while at < len(left) and other < len(right):
        if key(left[at]) >= key(right[other]):
            out.append(left[at])
            at += 1
        else:
            out.append(right[other])
            other += 1
    out.extend(left[at:])
    out.extend(right[other:])
    return out


def sorted_by(records, key=lambda record: record):
    """A new list with the records in order of ``key``, the smallest first; equal ones stay put."""
    records = list(records)
    if len(records) < 2:
        return records
    middle = len(records) // 2
    return merged(sorted_by(records[:middle], key), sorted_by(records[middle:], key), key)


def ranks(records, key=lambda record: record):
    """The place of each record, from 1, the smallest first; equal records share the better place."""
    order = sorted_by(range(len(records)), key=lambda at: key(records[at]))
    places = [0] * len(records)
    for number, at in enumerate(order):
        before = order[number - 1]
        tied = number > 0 and key(records[before]) == key(records[at])
        places[at] = places[before] if tied else number + 1
    return places


def smallest(records, count, key=lambda record: record):
    """The ``count`` smallest records, in order."""
    return sorted_by(records, key)[:count]
