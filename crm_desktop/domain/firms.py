"""Names of companies: how they are told from other names."""

import re

_FORM = re.compile(
    r"\b(inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|company|gmbh|ag|kg|ohg|ug|se|sa|sas|sarl|srl|spa|"
    r"bv|nv|oy|ab|as|aps|pty|co|group|holding|holdings|partners|bank|sl|kft|doo|sro)\b\.?\s*$|株式会社|有限会社|& co\b",
    re.IGNORECASE,
)

FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.co.uk ymail.com icloud.com"
    " me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org proton.me"
    " protonmail.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it mail.ru yandex.ru qq.com"
    " 163.com 126.com btinternet.com sky.com comcast.net verizon.net att.net bluewin.ch".split()
)
"""Domains that say nothing of where somebody works."""


def is_firm(name: str) -> bool:
    """Whether a name ends in the legal form of a company, or in a word that only companies bear."""
    return _FORM.search(name) is not None
