"""The page of the bin: what was deleted, found by words and taken out again."""

from crm_desktop.gui.pages.bin.page import BinPage

__all__ = ["BinPage"]
