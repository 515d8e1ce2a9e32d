"""Names of companies: how they are told from other names."""

import re

_FORM = re.compile(
    r"\b(inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|company|gmbh|ag|kg|ohg|ug|se|sa|sas|sarl|srl|spa|"
    r"bv|nv|oy|ab|as|aps|pty|co|group|holding|holdings|partners|bank|sl|kft|doo|sro)\b\.?\s*$|& co\b"
    r"|株式会社|有限会社|合同会社|公司|集团|集團|주식회사|\(주\)|㈜"
    r"|^(?:ооо|оао|зао|пао|ао|شركة|مؤسسة|مجموعة|חברת)\b|בע[\"״]מ",
    re.IGNORECASE,
)

FREE_MAIL = frozenset(
    "126.com 163.com aol.com arcor.de att.net bluewin.ch btinternet.com comcast.net fastmail.com free.fr"
    " freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hotmail.com hotmail.de hotmail.fr"
    " icloud.com laposte.net libero.it live.com mac.com mail.com mail.ru mailbox.org me.com msn.com naver.com"
    " orange.fr outlook.com outlook.de posteo.de proton.me protonmail.com qq.com rocketmail.com sfr.fr sky.com"
    " t-online.de tutanota.com verizon.net virgilio.it wanadoo.fr web.de yahoo.co.uk yahoo.com yahoo.de yahoo.fr"
    " yandex.ru ymail.com zoho.com".split()
)
"""Domains that say nothing of where somebody works."""


def is_firm(name: str) -> bool:
    """Whether a name ends in the legal form of a company, or in a word that only companies bear."""
    return _FORM.search(name) is not None
