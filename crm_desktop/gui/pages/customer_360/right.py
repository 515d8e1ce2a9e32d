"""The right column: the open deals with how far they came, and what was bought lately."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.domain.figures import Figure
from crm_desktop.domain.money import Money
from crm_desktop.gui import format, paint
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.customer_360.column import Column
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.term_numbers import shown
from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.buttons import Button, EnterButton
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.customer_360 import OpenDeal, Portrait

Bought = tuple[int, str, date | None, Money | None]
Months = Sequence[tuple[date, Figure]]


class PaintedButton(EnterButton):
    """A line of a card that is pressed; subclasses paint it."""

    tall = 24

    def __init__(self, context: AppContext, parent: QWidget, sentence: str) -> None:
        super().__init__(parent)
        self.theme = context.theme
        self.today = context.clock.today()
        self.setText(sentence)
        self.setToolTip(sentence)
        self.setAccessibleName(sentence)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.current.px(120), self.theme.current.px(self.tall))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme.current
        painter = QPainter(self)
        around = QRectF(self.rect())
        if self.underMouse():
            paint.panel(painter, around, theme.color("hover"), None, 4)
        self.draw(painter)
        if self.hasFocus():
            paint.focus_ring(painter, around, theme, 4)

    def draw(self, painter: QPainter) -> None:
        """Paint what it says."""

    def place(self, left: float, top: float, width: float, height: float) -> QRectF:
        """A rectangle as it lies where one reads from."""
        return paint.mirrored(QRectF(left, top, max(0.0, width), height), self.rect(), self.layoutDirection())

    def line(self, painter: QPainter, top: float, first: tuple[str, str, str], last: tuple[str, str, str]) -> None:
        """Words at the start and at the end of a line, each as (words, role, colour)."""
        theme = self.theme.current
        height, inset = theme.px(20), 2
        words, role, colour = last
        width = paint.width_of(words, theme.font(role, tabular=True)) + 2
        end = self.place(self.width() - inset - width, top, width, height)
        paint.text(painter, end, words, theme.font(role, tabular=True), theme.color(colour))
        words, role, colour = first
        room = self.place(inset, top, self.width() - width - 2 * inset - theme.px(8), height)
        paint.text(painter, room, words, theme.font(role), theme.color(colour))


class DealButton(PaintedButton):
    """A deal: its amount, the stages behind it, and the days in this one against the usual."""

    tall = 56

    def __init__(self, context: AppContext, parent: QWidget, deal: OpenDeal) -> None:
        self.deal = deal
        self.slow = deal.days is not None and deal.usual is not None and deal.days > deal.usual
        self.stay = deal.stage if deal.days is None else f"{deal.stage} · {tr('%Ln days', '', deal.days)}"
        self.close_line = self._close_words(context.clock.today())
        parts = (deal.name, format.money(deal.amount), self.stay, self.close_line)
        super().__init__(context, parent, ", ".join(part for part in parts if part))

    def _close_words(self, today: date) -> str:
        if self.slow:
            return tr("Usual %Ln days", "", self.deal.usual or 0)
        if self.deal.close is None:
            return ""
        return tr("Close %1").replace("%1", format.day_inside(self.deal.close, today))

    def draw(self, painter: QPainter) -> None:
        theme, deal = self.theme.current, self.deal
        self.line(painter, 1, (deal.name, "bodyMedium", "text"), (format.money(deal.amount), "bodyStrong", "text"))
        gap, height = theme.px(3), theme.px(5)
        width = (self.width() - 4 - gap * (deal.steps - 1)) / max(1, deal.steps)
        for step in range(deal.steps):
            box = self.place(2 + step * (width + gap), theme.px(25), width, height)
            fill = theme.color("accent" if step < deal.step else "track")
            paint.panel(painter, box, fill, None, height / 2)
        passed = deal.close is not None and deal.close < self.today
        tone = "warn" if self.slow or passed else "textSecondary"
        self.line(painter, theme.px(33), (self.stay, "small", "textSecondary"), (self.close_line, "small", tone))


class PurchaseButton(PaintedButton):
    """What was bought, when and for how much."""

    def __init__(self, context: AppContext, parent: QWidget, bought: Bought) -> None:
        _, name, when, amount = bought
        self.name, self.amount = name or tr("Purchase"), format.money(amount)
        self.when = format.day(when, context.clock.today())
        super().__init__(context, parent, f"{self.name}, {self.when}, {self.amount}")

    def draw(self, painter: QPainter) -> None:
        theme = self.theme.current
        top = (self.height() - theme.px(20)) / 2
        self.line(painter, top, ("", "body", "text"), (self.amount, "bodyMedium", "text"))
        width = paint.width_of(self.when, theme.font("small")) + 2
        end = self.width() - theme.px(76)
        paint.text(
            painter,
            self.place(end - width, top, width, theme.px(20)),
            self.when,
            theme.font("small"),
            theme.color("textSecondary"),
        )
        room = self.place(2, top, end - width - theme.px(8), theme.px(20))
        paint.text(painter, room, self.name, theme.font("body"), theme.color("text"))


class Bars(PaintedButton):
    """The purchases of twelve months, this month in full colour; time runs from the left in every language."""

    tall = 68

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, "")
        self.months: Months = ()

    def show_months(self, months: Months) -> None:
        """Show these, the last one being this month."""
        self.months = months
        told = [f"{format.month(first)}: {shown(figure)}" for first, figure in months]
        self.setAccessibleName(tr("Purchases of twelve months"))
        self.setAccessibleDescription("; ".join(told))
        self.setToolTip("\n".join(told))
        self.update()

    def draw(self, painter: QPainter) -> None:
        theme = self.theme.current
        amounts = [float(f.value.amount) if isinstance(f.value, Money) else 0.0 for _, f in self.months]
        most = max(amounts, default=0.0) or 1.0
        foot, gap = self.height() - theme.px(20), theme.px(4)
        width = (self.width() - 4 - gap * (len(amounts) - 1)) / max(1, len(amounts))
        for at, amount in enumerate(amounts):
            height = max(2.0, (foot - 4) * max(0.0, amount) / most)
            colour = "chart1" if at == len(amounts) - 1 else "chart1Soft"
            painter.fillRect(QRectF(2 + at * (width + gap), foot - height, width, height), theme.color(colour))
        if self.months:
            self._name_ends(painter, foot)

    def _name_ends(self, painter: QPainter, foot: float) -> None:
        theme = self.theme.current
        painter.setFont(theme.font("micro"))
        painter.setPen(theme.color("textMuted"))
        room = QRectF(2, foot + 2, self.width() - 4, theme.px(16))
        fixed = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        for at, side in ((0, Qt.AlignmentFlag.AlignLeft), (-1, Qt.AlignmentFlag.AlignRight)):
            painter.drawText(room, side | fixed, format.month_name(self.months[at][0]))


class Right(Column):
    """`opened` carries a deal or purchase, `deals_wanted` and `purchases_wanted` ask for all of them."""

    opened = Signal(object)
    deals_wanted = Signal()
    purchases_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, tr("Deals and purchases"))
        self._context = context
        self._buttons: list[PaintedButton] = []
        self.deals_card, self._deals, self.all_deals = self._card(tr("Open deals"), context.theme)
        self.all_deals.clicked.connect(self.deals_wanted)
        self.bought_card, self._bought, self.all_bought = self._card(tr("Purchases"), context.theme)
        self.all_bought.clicked.connect(self.purchases_wanted)
        self.bars = Bars(context, self.bought_card)
        self.bars.clicked.connect(self.purchases_wanted)
        self.bought_card.body.insertWidget(0, self.bars)
        self.no_deals = label(tr("No open deals."), "small", "muted")
        self.no_purchases = label(tr("No purchases yet."), "small", "muted")
        self.deals_card.body.addWidget(self.no_deals)
        self.bought_card.body.addWidget(self.no_purchases)
        self.add(self.deals_card, self.bought_card)

    def _card(self, title: str, theme: ThemeManager) -> tuple[Card, QVBoxLayout, Button]:
        card = Card(theme, self, title)
        button = Button(theme, card, tr("Show all"), kind="link")
        button.setAccessibleName(f"{tr('Show all')}: {title}")
        card.add_button(button)
        rows = QVBoxLayout()
        rows.setSpacing(4)
        card.body.addLayout(rows)
        return card, rows, button

    def show_portrait(self, portrait: Portrait) -> None:
        """Show the deals and purchases of a customer."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        deals = [DealButton(self._context, self.deals_card, deal) for deal in portrait.deals]
        bought = [PurchaseButton(self._context, self.bought_card, row) for row in portrait.purchases]
        self._buttons = [*deals, *bought]
        for deal, button in zip(portrait.deals, deals, strict=True):
            self._fill(self._deals, button, RecordTarget("deal", deal.id))
        for row, line in zip(portrait.purchases, bought, strict=True):
            self._fill(self._bought, line, RecordTarget("purchase", row[0]))
        figure = portrait.figures["open_deals"]
        note = f"{format.count_text(figure.n)} · {shown(figure)}" if figure.n else ""
        self.deals_card.set_note(note)
        count = sum(figure.n for _, figure in portrait.months)
        self.bought_card.set_note(tr("%Ln in 12 months", "", count) if portrait.purchases else "")
        self.bars.show_months(portrait.months)
        self.bars.setVisible(count > 0)
        for nothing, whole, some in (
            (self.no_deals, self.all_deals, bool(deals)), (self.no_purchases, self.all_bought, bool(bought)),
        ):  # fmt: skip
            nothing.setVisible(not some)
            whole.setVisible(some)

    def _fill(self, rows: QVBoxLayout, button: PaintedButton, target: RecordTarget) -> None:
        button.clicked.connect(lambda: self.opened.emit(target))
        rows.addWidget(button)
        button.show()
