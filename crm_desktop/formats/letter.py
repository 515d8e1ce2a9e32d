"""A mail kept as a file (RFC 5322), as a text that tells who wrote it."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape

_BEFORE = re.compile(
    r"^(?:>|-{2,}\s*(?:original|ursprüngliche)|_{10,}\s*$|on\b.{0,200}\bwrote:\s*$|am\b.{0,200}\bschrieb.{0,200}:\s*$"
    r"|(?:from|von):\s)",
    re.IGNORECASE,
)
"""Where a mail goes on with the one it answers, whose writer is another."""


def letter_text(data: bytes) -> str:
    """The sender, the subject and what they wrote themselves; empty where `data` is no mail."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    sender, subject = message["from"], message["subject"]
    if not sender:
        return ""
    head = [f"From: {sender}", *([f"Subject: {subject}"] if subject else [])]
    return "\n".join([*head, "", *_own_lines(_body(message))]).strip()


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return _without_marks(text) if part.get_content_subtype() == "html" else text


def _own_lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if _BEFORE.match(line):
            break
        lines.append(line)
    return lines


def _without_marks(html: str) -> str:
    """The words of a page; a line ends where a block does, and what is quoted begins like a quotation."""
    seen = re.sub(r"(?is)<(style|script|head)\b.*?</\1>", "", html)
    broken = re.sub(r"(?i)<(?:br|/p|/div|/tr|/li|/h\d)\b[^>]*>", "\n", re.sub(r"\s+", " ", seen))
    quoted = re.sub(r"(?i)<blockquote\b[^>]*>", "\n>", broken)
    return unescape(re.sub(r"<[^>]*>", " ", quoted))
