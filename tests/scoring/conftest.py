"""Property tests count examples, not milliseconds: a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("scoring", deadline=None)
settings.load_profile("scoring")
