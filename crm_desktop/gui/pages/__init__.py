"""One package or module for each page of the sidebar."""
