"""Lucide icons in the colours of the theme, rendered once per name, colour, size and pixel ratio."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crm_desktop import paths
from crm_desktop.gui.theme import Theme

_SMALL = 14  # thin strokes fade at and below this size, so they are drawn with 2 instead of 1.75
_MIRRORED = ("arrow-left", "arrow-right", "chevron-left", "chevron-right", "undo-2", "redo-2", "panel-left")


@cache
def _source(name: str) -> str:
    return paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _rendered(name: str, colour: str, size: int, ratio: float, bold: bool) -> QPixmap:
    svg = _source(name).replace("currentColor", colour)
    if bold or size <= _SMALL:
        svg = svg.replace('stroke-width="1.75"', 'stroke-width="2"')
    side = round(size * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft and name in _MIRRORED:
        painter.translate(side, 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0, bold: bool = False) -> QPixmap:
    """The icon `name` of resources/icons, `size` logical pixels wide, for a screen of that pixel ratio."""
    return _rendered(name, colour.name(), size, ratio, bold)


def icon(name: str, theme: Theme, colour: str = "textSecondary", size: int = 16, gap: int = 0) -> QIcon:
    """A QIcon in a colour token with its disabled look; made anew when the theme changes.

    `gap` leaves room towards the words beside it: Qt's buttons have no setting for that.
    """
    made = QIcon()
    scaled = theme.px(size)
    # For the screens there are; when another one is plugged in, the theme is worn anew.
    for ratio in {screen.devicePixelRatio() for screen in QGuiApplication.screens()}:
        for mode, token in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, "disabled")):
            drawn = pixmap(name, theme.color(token), scaled, ratio)
            made.addPixmap(_with_gap(drawn, gap, ratio) if gap else drawn, mode)
    return made


def _with_gap(drawn: QPixmap, gap: int, ratio: float) -> QPixmap:
    wide = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    left = gap if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0
    painter.drawPixmap(left, 0, drawn)
    painter.end()
    return wide


def draw(painter: QPainter, name: str, colour: QColor, box: QRectF, bold: bool = False) -> None:
    """Paint the icon centred in `box`, as large as the box is high; a widget may have no room for a moment."""
    size = round(min(box.width(), box.height()))
    if size <= 0:
        return
    ratio = painter.device().devicePixelRatioF()
    left = round(box.center().x() - size / 2)
    top = round(box.center().y() - size / 2)
    painter.drawPixmap(left, top, pixmap(name, colour, size, ratio, bold))
