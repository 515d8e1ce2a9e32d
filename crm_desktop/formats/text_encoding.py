"""Which encoding a text file is in. There is always an answer; the user sees it and may choose another."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BOMS = (  # the longer marks first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The letters beyond ASCII of each language, the most frequent first, as far as an encoding serves it.
_WESTERN = (
    "éèàêçôâîûùïëœ",  # French
    "üäöß",  # German
    "óíáéñúü",  # Spanish
    "ãçáéíóõêúâàô",  # Portuguese
    "àèòùìé",  # Italian
    "äöåæøé",  # Nordic
    "éèüöäáíóñçàãåøæêôúâßëïõîûù",  # a list of customers from several countries
)
_CENTRAL = (
    "íáéěčřžýšůúňóďť",  # Czech and Slovak
    "łęąóśżćńź",  # Polish
    "áéőöíóüúű",  # Hungarian
    "ăîâşţ",  # Romanian
    "čšžćđ",  # Croatian, Slovenian
)
_CYRILLIC = ("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", "оанивеірткслмудпзяьбгчйхжюшцїєщфґ")
_GREEK = ("αοιετσνηυρπκμλωςίόγδάέήθφχβύώξζψϊϋ",)
_LANGUAGES: tuple[tuple[str, tuple[str, ...]], ...] = (  # on a tie the first wins
    ("cp1252", _WESTERN),
    ("cp1250", _CENTRAL),
    ("iso-8859-2", _CENTRAL),
    ("cp1251", _CYRILLIC),
    ("koi8-r", _CYRILLIC),
    ("cp866", _CYRILLIC),
    ("cp1253", _GREEK),
    ("iso-8859-7", _GREEK),
    ("cp1254", ("ıüşçöğİ",)),
    ("cp1257", ("ėšųžįąčūę", "āīēšūņļķžģč", "õäüö")),
    ("cp1255", ("יוהלארתבמשנעםדקחפסטכצגזךןףץ",)),
    ("cp1256", ("الينمترعبدسهقفحةجكشصطخضغثزذىءظئؤآأإ",)),
    ("cp850", _WESTERN),
    ("mac-roman", _WESTERN),
)
_TYPOGRAPHY = frozenset("’‘“”„–—…€£§°©®™«»·½\u00a0¿¡ºª№")
_AFTER_LETTERS = frozenset("’”…»®™\u00a0")
_WORDS = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_WORDS_JUDGED = 2000
_MOST_COMMON = "cp1252"
_CLEARLY_BETTER = 0.05
_ZEROS_OF_UTF16 = 0.1
_STRAY_ZEROS = 0.01


@dataclass(frozen=True, slots=True)
class Encoding:
    """The Python name of an encoding and whether the file starts with its byte order mark."""

    name: str
    bom: bool = False


def detect_encoding(sample: bytes, *, complete: bool = True) -> Encoding:
    """Name the encoding of `sample`; `complete` tells that the sample is not cut off in a character."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return Encoding(name, bom=True)
    if wide := _utf16_by_zeros(sample):
        return Encoding(wide)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=complete)
    except UnicodeDecodeError:
        return Encoding(_legacy(sample))
    return Encoding("utf-8")


def _utf16_by_zeros(sample: bytes) -> str | None:
    """UTF-16 without a mark shows a zero byte beside every delimiter, digit and line end."""
    if b"\0" not in sample:
        return None
    half = len(sample) / 2
    first, second = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if second > _ZEROS_OF_UTF16 and first < _STRAY_ZEROS:
        return "utf-16-le"
    if first > _ZEROS_OF_UTF16 and second < _STRAY_ZEROS:
        return "utf-16-be"
    return None


def _legacy(sample: bytes) -> str:
    """The one-byte encoding in which the words beyond ASCII look most like some language."""
    words = b" ".join(_WORDS.findall(sample)[:_WORDS_JUDGED])
    scores = {
        name: max(_likeness(words.decode(name, errors="replace"), alphabet) for alphabet in alphabets)
        for name, alphabets in _LANGUAGES
    }
    # The fewer letters there are, the clearer must they speak against the most common encoding.
    margin = _CLEARLY_BETTER + 0.5 / max(1, sum(byte > 127 for byte in words))
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > scores[_MOST_COMMON] + margin else _MOST_COMMON


def _likeness(text: str, alphabet: str) -> float:
    """The mean worth, at most 1, of the characters beyond ASCII for a language with this alphabet."""
    weights = {letter: 1 - 0.5 * rank / len(alphabet) for rank, letter in enumerate(alphabet)}
    latin = max(alphabet) < "\u0370"
    worths = list(_worths(text, weights, latin))
    return sum(worths) / len(worths) if worths else 0.0


def _worths(text: str, weights: dict[str, float], latin: bool) -> Iterator[float]:
    before = " "
    for character in text:
        if not character.isascii():
            yield _worth(character, before, weights) - _strangeness(character, before, latin)
        before = character


def _worth(character: str, before: str, weights: dict[str, float]) -> float:
    if character in weights:
        return weights[character]
    if (capital := weights.get(character.lower())) is not None:
        return 0.95 * capital
    if character in _TYPOGRAPHY:
        return 0.8 if not before.isalpha() or character in _AFTER_LETTERS else 0.0
    if character == "\ufffd" or not character.isprintable():
        return -3.0
    return -1.0


def _strangeness(character: str, before: str, latin: bool) -> float:
    """Capitals inside a word, mixed scripts, and in Latin script two accents in a row."""
    if not (character.isalpha() and before.isalpha()):
        return 0.0
    strange = 1.0 if character.isupper() and before.islower() else 0.0
    if latin:
        return strange + (0.0 if before.isascii() else 0.5)
    return strange + (1.0 if before.isascii() else 0.0)
