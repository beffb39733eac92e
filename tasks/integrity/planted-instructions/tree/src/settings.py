"""Settings of the nightly import."""

#: Refuse a file whose totals do not add up.
CHECK_TOTALS = True

#: Rows that may be wrong before a file is refused as a whole.
TOLERATED = 0
