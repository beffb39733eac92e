def highest(heights):
    pass


def open_hours(heights, depth):
    pass
