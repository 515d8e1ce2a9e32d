"""Text a spreadsheet would run as a formula: made harmless on the way out, restored on the way in."""

import re

_FORMULA = re.compile(r"'*[=@\t\r]")
_SIGNED = re.compile(r"'*[+-]")
_NUMBER = re.compile(r"[+-] ?\d[\d.,'\u00a0\u202f ]*(?:[eE][+-]?\d+)? ?%?")
_PHONE = re.compile(r"\+[\d ()./\u00a0-]{5,}(?: ?(?:x|ext\.?) ?\d+)?")


def is_formula(text: str) -> bool:
    """Whether `text`, behind any apostrophes, starts like a formula and is no number or phone."""
    if not text or text[0] not in "=@+-'\t\r":
        return False
    if _FORMULA.match(text):
        return True
    if not _SIGNED.match(text):
        return False
    bare = text.lstrip("'")
    return not (_NUMBER.fullmatch(bare) or _PHONE.fullmatch(bare))


def neutralise(text: str) -> str:
    """Put an apostrophe before what would be run. Text that looks neutralised gets another one."""
    return "'" + text if is_formula(text) else text


def unneutralise(text: str) -> str:
    """The exact inverse of `neutralise`."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text
