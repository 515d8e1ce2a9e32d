"""Everything with Qt: the window, its pages, models, widgets and charts."""

import builtins

import PySide6.QtCore  # noqa: F401

# From here on PySide would read the source of every module, even of those without Qt, to see whether it switches the
# names of Qt (`__feature__`); none of ours does. That took a fifth of the start, and kept all the text in memory.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
