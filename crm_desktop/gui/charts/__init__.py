"""Charts, drawn by matplotlib. Pages import these modules when they draw, never before: loading them takes a second."""
