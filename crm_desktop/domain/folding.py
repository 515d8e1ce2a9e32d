"""Folding of text for comparing and searching: case, accents and punctuation do not count."""

import re
import unicodedata

_TRUNK = re.compile(r"\(\s*0\s*\)")
_NO_DIGITS = re.compile(r"\D+")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_UNDECOMPOSED = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


def _fold_slowly(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_UNDECOMPOSED)


_LATIN = {code: _fold_slowly(chr(code)) for code in range(0x80, 0x250)}
"""The folded letters of most European text, which a million imported rows ask for again and again."""


def fold(text: str) -> str:
    """Text without case and accents, in one spelling: `Café MÜLLER` becomes `cafe muller`."""
    if text.isascii():
        return text.lower()
    quick = text.casefold().translate(_LATIN)
    return quick if quick.isascii() else _fold_slowly(text)


def words(text: str) -> list[str]:
    """The folded words of a text in order."""
    return _WORD.findall(fold(text))


def key(text: str) -> str:
    """Letters and digits alone, folded: `GTX Pro` and `GTXPro` have the same key; text without any is its own."""
    return "".join(words(text)) or fold(text.strip())


def number_digits(text: str) -> str:
    """The digits of a phone number as typed, without its punctuation."""
    return _NO_DIGITS.sub("", text)


def looks_like_number(text: str) -> bool:
    """Whether a text is a phone number or part of one: digits and the signs people write between them."""
    return bool(re.fullmatch(r"[\d\s()+./-]*\d[\d\s()+./-]*", text))


def dialled(text: str) -> str | None:
    """The E.164 form of a phone number that is written with its country code; None for any other text.

    A zero in brackets is that of the national form, which is not dialled from abroad.
    """
    if not text.startswith(("+", "00")) or not looks_like_number(text):
        return None
    digits = number_digits(_TRUNK.sub("", text))
    digits = digits if text[0] == "+" else digits[2:]
    return f"+{digits}" if 7 <= len(digits) <= 15 else None
