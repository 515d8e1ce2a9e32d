"""Values in one form each, so that spellings of the same thing are equal."""

import re
from collections.abc import Iterable

from crm_desktop.domain.folding import fold, number_digits, words

_LEGAL = frozenset(
    "ab ag aps as asa bhd bv bvba co company corp corporation cv doo ead eg ehf eood ev ewiv gbr gesellschaft ggmbh"
    " gmbh hf inc incorporated jsc kft kg kgaa kk lda limited llc llp lp ltd ltda mbh nv og ohg oo ood oy oyj plc pllc"
    " pte pty pvt rt sa sab sarl sas sasu sc se sl slu spa spzoo srl sro stiftung ug ulc und and et zrt".split()
)
"""What says of which legal form an organisation is, and the words that join it."""

_STREETS = {
    "street": "st", "str": "st", "strasse": "st", "road": "rd", "avenue": "av", "ave": "av", "place": "pl",
    "platz": "pl", "court": "ct", "crescent": "cr", "cres": "cr", "circuit": "cct", "close": "cl", "drive": "dr",
    "lane": "ln", "boulevard": "bd", "blvd": "bd", "terrace": "tce", "square": "sq", "parade": "pde", "way": "wy",
    "saint": "st", "sankt": "st", "rue": "r", "calle": "c", "via": "v", "north": "n", "south": "s", "east": "e",
    "west": "w",
}  # fmt: skip

_NICKNAMES = (
    "alexander alex sasha xander", "alexandra alex sandra sasha", "andrew andy drew", "andreas andi", "anthony tony",
    "antonio toni", "barbara barb babs", "benjamin ben", "catherine katherine kate kathy cathy katie katharina",
    "charles charlie chuck", "christine christina chris tina", "christopher chris", "daniel dan danny",
    "david dave", "deborah debbie deb", "edward ed eddie ted", "elizabeth liz lizzie beth betty elisabeth lisa",
    "franz francis frank", "frederick fred freddy friedrich fritz", "gregory greg", "hans johannes johann",
    "heinrich heinz", "henry harry", "jacob jake jakob", "james jim jimmy jamie", "jennifer jen jenny",
    "johanna hanna", "john jack johnny jon jonathan", "joseph joe josef sepp", "joshua josh", "laurence larry lawrence",
    "leonard leo len", "margaret maggie peggy meg margarete greta", "matthew matt matthias", "maximilian max",
    "michael mike mick michel", "nicholas nick nicolas nikolaus klaus", "pamela pam", "patricia pat patty",
    "patrick pat paddy", "peter pete", "philip phil", "rebecca becky", "richard rick dick richie",
    "robert bob rob bobby",
    "ronald ron", "samuel sam", "samantha sam", "sebastian basti", "stephen steve steven stefan", "susan sue susanne",
    "theodore ted theo", "theresa tess teresa", "thomas tom tommy", "timothy tim", "ulrich uli", "victoria vicky",
    "vincent vince", "walter walt", "wilhelm willi", "william bill will billy liam", "wolfgang wolf",
)  # fmt: skip
_CALLED = {short: names.split()[0] for names in reversed(_NICKNAMES) for short in names.split()}

_SOUNDS = str.maketrans("bfpvwcgjkqsxzdtlmnr", "1111122222222334556", "aeiouyh")
_DOUBLE = re.compile(r"(.)\1+")


def name(text: str) -> str:
    """The words of a name, folded: `O’Neil-Müller` becomes `o neil muller`."""
    return " ".join(words(text))


def called(given: str) -> str:
    """The name that a first name in one form is short for: `bob` is `robert`; of several names the first counts."""
    first = given.partition(" ")[0]
    return _CALLED.get(first, first)


def organisation(text: str) -> str:
    """The name of an organisation without its legal form: `Müller & Söhne GmbH & Co. KG` becomes `muller sohne`."""
    found = _letters_joined(words(text))
    kept = [word for word in found if word != "the"] or found
    while len(kept) > 1 and kept[-1] in _LEGAL:
        kept.pop()
    return " ".join(kept)


def _letters_joined(found: list[str]) -> list[str]:
    """`S.A.` is one word, as `S. p. A.` is."""
    joined: list[str] = []
    open_ = False
    for word in found:
        single = len(word) == 1 and word.isalpha()
        if single and open_:
            joined[-1] += word
        else:
            joined.append(word)
        open_ = single
    return joined


def phone(text: str) -> str:
    """The digits of a number, with a plus where the country is said; empty for fewer than six."""
    text = text.strip()
    digits = number_digits(text)
    if text.startswith("+"):
        return f"+{digits}" if len(digits) > 6 else ""
    if digits.startswith("00") and len(digits) > 8:
        return f"+{digits[2:]}"
    return digits.lstrip("0") if len(digits) >= 6 else ""


def phones_joined(values: Iterable[str]) -> dict[str, str]:
    """For numbers in one form the form with the country, where exactly one of them with it ends the same."""
    numbers = set(values)
    short = {number for number in numbers if not number.startswith("+")}
    lengths = {len(number) for number in short}
    ends: dict[str, list[str]] = {}
    for number in numbers - short:
        for length in lengths:
            if length < len(number) - 1 and number[-length:] in short:
                ends.setdefault(number[-length:], []).append(number)
    return {number: ends[number][0] if len(ends.get(number, ())) == 1 else number for number in numbers}


def email(text: str) -> str:
    """An address in lower case."""
    return text.strip().lower()


def domain(text: str) -> str:
    """`https://www.Fenwick.example/about` becomes `fenwick.example`."""
    host = re.split(r"[/?#]", text.strip().lower().rpartition("://")[2])[0].rpartition("@")[2]
    return host.partition(":")[0].removeprefix("www.").strip(".")


def day(text: str) -> str:
    """A date as eight digits, four of them nought where the year is not known; else the digits as they are."""
    digits = number_digits(text)
    return f"0000{digits}" if len(digits) == 4 and text.startswith("--") else digits


def turned(date: str) -> str:
    """A date of eight digits with day and month in the order of their size, so that both ways to read it are equal."""
    return date[:4] + min(date[4:6], date[6:8]) + max(date[4:6], date[6:8])


def street(text: str) -> str:
    """The words of a street, its usual abbreviations as one: `Hauptstraße 5` and `Hauptstr. 5` are equal."""
    return " ".join(_street_word(word) for word in words(text))


def _street_word(word: str) -> str:
    if word in _STREETS:
        return _STREETS[word]
    for end in ("strasse", "str"):
        if word.endswith(end) and len(word) > len(end) + 2:
            return f"{word.removesuffix(end)}st"
    return word


def plain(text: str) -> str:
    """Letters and digits, folded, words apart."""
    return " ".join(words(text)) or fold(text.strip())


def compact(text: str) -> str:
    """Letters and digits alone, folded: spaces within a postcode or a number do not count."""
    return "".join(words(text))


def sound(word: str) -> str:
    """What a name sounds like, after Soundex but with the first letter by its sound too: `Kathrin` as `Catrin`."""
    text = _DOUBLE.sub(r"\1", word.replace(" ", "").replace("ph", "f"))
    head = text[:1].translate(_SOUNDS) or text[:1]
    return head + _DOUBLE.sub(r"\1", text[1:].translate(_SOUNDS))[:4]
