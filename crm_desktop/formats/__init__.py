"""Files of other programs: what they look like, how they are read and how they are written."""
