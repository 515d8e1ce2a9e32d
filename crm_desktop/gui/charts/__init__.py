"""Charts drawn with matplotlib: the only place that knows it."""
