"""Tasks proved: validation, mutants that the tests kill, and the report of both."""
