def highest(heights):
    if not heights:
        raise ValueError("no heights")
    return heights.index(max(heights))


def open_hours(heights, depth):
    return [hour for hour, height in enumerate(heights) if height >= depth]
