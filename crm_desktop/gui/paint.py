"""Shapes that widgets and delegates share. Everything is given in logical pixels of an active painter."""

from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QTextLayout
from PySide6.QtWidgets import QStyle

from crm_desktop.gui.theme import Theme

# Layers of a shadow, faint and wide to strong and near: (grow, drop, share of the strength).
_LAYERS = ((14, 8, 0.05), (9, 6, 0.06), (5, 4, 0.07), (2, 2, 0.10))
_LINES = 2
"""So many lines a text is wrapped to."""
_AVATARS = ("chart5", "accent", "warnFill", "violet", "okFill", "textMuted")


def panel(painter: QPainter, box: QRectF, fill: QColor, edge: QColor | None, radius: float) -> None:
    """A rounded rectangle with a hairline border inside its box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill)
    painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
    inset = 0.5 if edge is not None else 0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def focus_ring(painter: QPainter, box: QRectF, theme: Theme, radius: float = 0) -> None:
    """The 2 px ring of the focused row or control, inside its box."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("focus"), 2))
    inner = box.adjusted(1, 1, -1, -1)
    if radius:
        painter.drawRoundedRect(inner, radius, radius)
    else:
        painter.drawRect(inner)


def bar(painter: QPainter, box: QRectF, share: float, fill: QColor, track: QColor) -> None:
    """A bar with round ends, filled from the left by `share` (0 to 1)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    half = box.height() / 2
    painter.setBrush(track)
    painter.drawRoundedRect(box, half, half)
    if share > 0:
        painter.setBrush(fill)
        width = max(box.height(), box.width() * min(share, 1.0))
        painter.drawRoundedRect(QRectF(box.left(), box.top(), width, box.height()), half, half)


def text(painter: QPainter, box: QRectF, words: str, font: QFont, colour: QColor) -> float:
    """One line, vertically centred, at the leading edge, elided where it does not fit; answers its width."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = elided(words, font, int(box.width()))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextSingleLine
    painter.drawText(box, int(flags), shown)
    return float(width_of(shown, font))


@cache
def _metrics(key: str) -> QFontMetrics:
    font = QFont()
    font.fromString(key)
    return QFontMetrics(font)


@lru_cache(maxsize=20_000)
def _fitting(words: str, key: str, width: int) -> str:
    return _metrics(key).elidedText(words, Qt.TextElideMode.ElideRight, width)


def elided(words: str, font: QFont, width: int) -> str:
    """The text cut with "…" to a width; remembered, since delegates ask for the same again and again."""
    return _fitting(words, font.key(), width)


def width_of(words: str, font: QFont) -> int:
    """Width of a line of text."""
    return _metrics(font.key()).horizontalAdvance(words)


def pill_width(words: str, theme: Theme) -> int:
    """Width of a pill with these words."""
    return width_of(words, theme.font("micro")) + theme.px(16)


def pill(painter: QPainter, box: QRectF, words: str, theme: Theme, tone: str) -> None:
    """A pill: soft fill and text of one tone (accent, ok, warn, bad, violet, neutral)."""
    panel(painter, box, theme.color(f"{tone}Soft"), None, box.height() / 2)
    painter.setFont(theme.font("micro"))
    painter.setPen(theme.color(tone_text(tone)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def tone_text(tone: str) -> str:
    """The token of text on the soft fill of a tone."""
    return {"accent": "accentText", "neutral": "textSecondary"}.get(tone, tone)


def avatar(painter: QPainter, box: QRectF, initials: str, theme: Theme, radius: float | None = None) -> None:
    """A disc with initials, or a square with such corners; the same initials always have the same colour."""
    base = _AVATARS[sum(map(ord, initials)) % len(_AVATARS)]
    fill = theme.mixed(base, 0.28 if theme.dark else 0.18)
    panel(painter, box, fill, None, box.width() / 2 if radius is None else radius)
    font = QFont(theme.font("tagStrong"))
    font.setPixelSize(max(8, round(box.height() * 0.4)))
    painter.setFont(font)
    painter.setPen(theme.mixed(base, 0.72, "text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials)


def tick_box(painter: QPainter, box: QRectF, theme: Theme, state: Qt.CheckState) -> None:
    """The box in front of a row: empty, ticked or partly."""
    if state == Qt.CheckState.Unchecked:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("surface"))
        painter.setPen(QPen(theme.color("borderControl"), 1.5))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        return
    panel(painter, box, theme.color("accent"), None, 4)
    painter.setPen(QPen(theme.color("onAccent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    at = box.topLeft()
    side = box.width()

    def point(x: float, y: float) -> QPointF:
        return QPointF(at.x() + x * side, at.y() + y * side)

    if state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(point(0.28, 0.5), point(0.72, 0.5))
    else:
        painter.drawPolyline([point(0.24, 0.52), point(0.43, 0.7), point(0.76, 0.32)])


def mirrored(box: QRectF, inside: QRect, direction: Qt.LayoutDirection) -> QRectF:
    """The box as it lies in a layout of that direction: delegates pass every rectangle through here."""
    return QRectF(QStyle.visualRect(direction, inside, box.toRect()))


@cache
def _shadow(width: int, height: int, radius: int, strength: int, ratio: float) -> QPixmap:
    margin = SHADOW
    pixmap = QPixmap(QSize(width + 2 * margin, height + 2 * margin) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    box = QRectF(margin, margin, width, height)
    for grow, drop, share in _LAYERS:
        for step in range(grow, 0, -2):
            painter.setBrush(QColor.fromRgbF(0, 0, 0, share * strength / 100 / max(1, grow / 4)))
            layer = box.adjusted(-step, -step, step, step).translated(0, drop * 0.75)
            painter.drawRoundedRect(layer, radius + step, radius + step)
    painter.end()
    return pixmap


SHADOW = 24  # room that a shadow needs around its box


def shadow(painter: QPainter, box: QRect, theme: Theme, radius: int) -> None:
    """The soft shadow of something that floats; drawn before the thing itself, once rendered and kept."""
    ratio = painter.device().devicePixelRatioF()
    strength = 160 if theme.dark else 70
    picture = _shadow(box.width(), box.height(), radius, strength, ratio)
    painter.drawPixmap(box.left() - SHADOW, box.top() - SHADOW, picture)


@lru_cache(maxsize=5_000)
def wrapped(words: str, key: str, width: int) -> tuple[str, ...]:
    """The lines of a text at a width, the last of them with all that is left."""
    font = QFont()
    font.fromString(key)
    layout = QTextLayout(words, font)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < _LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(words)]
    return tuple(words[start:end].strip() for start, end in zip(starts, ends, strict=True))
