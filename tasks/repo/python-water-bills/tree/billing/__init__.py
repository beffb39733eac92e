"""Bills of a water company."""
