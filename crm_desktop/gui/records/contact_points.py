"""Where a record is reached: every address with its label, the primary one, and what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.contact import CONTACTS, ContactPoint, written
from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.records.line_button import Line, Mark
from crm_desktop.gui.records.lines import LinesList
from crm_desktop.gui.records.point_dialog import Given, PointDialog, label_words
from crm_desktop.gui.widgets.menu import Menu

Writing = Callable[[Given, str], Any]
Doing = Callable[[], object]
GLYPHS = {"email": "mail", "phone": "phone", "address": "map-pin"}


class ContactPointsList(LinesList):
    """E-mail addresses, phone numbers and postal addresses, each edited where it stands.

    A `narrow` one has the label below the address, which so has the whole line.
    """

    narrow = False

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, tr("Addresses and numbers"), tr("Add an address or number"))
        self._kind, self._record = "", -1
        self.dialog: PointDialog | None = None

    def show_points(self, kind: str, record: int, points: Sequence[ContactPoint], *, fixed: bool = False) -> None:
        """Show those of a record; `fixed` ones are only read."""
        self._kind, self._record = kind, record
        many = {way for way in CONTACTS if sum(point.way == way for point in points) > 1}
        lines = [self._line(point, several=point.way in many) for point in points]
        self.show_lines([replace(line, run=None, choices=()) for line in lines] if fixed else lines)
        self.add_button.setHidden(fixed)

    def offer(self) -> None:
        """Ask which kind of address to add."""
        menu = Menu(self)
        for way in CONTACTS:
            menu.addAction(self._way(way), partial(self.add, way))
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def add(self, way: str) -> None:
        """Ask for a new address."""
        points, kind, record = self.context.services.contact_points, self._kind, self._record
        self._ask(way, None, lambda given, code: points.add(kind, record, way, given, code))

    def edit(self, point: ContactPoint) -> None:
        """Ask for another value or label."""
        points = self.context.services.contact_points
        self._ask(point.way, point, lambda given, code: points.change(point.way, point.id, given, code))

    def _ask(self, way: str, point: ContactPoint | None, write: Writing) -> None:
        self.dialog = PointDialog(self.context, way, point, write, self.window())
        self.dialog.written.connect(partial(self.told.emit, ""))
        self.dialog.open()

    def _line(self, point: ContactPoint, *, several: bool) -> Line:
        marks = []
        if point.invalid:
            marks.append(Mark("triangle-alert", self.tr("Invalid"), "warn"))
        if point.opt_out:
            marks.append(Mark("circle-x", self.tr("Opted out"), "bad"))
        if several and point.primary:
            marks.append(Mark("star", self.tr("Primary"), "accentText", brief=True))
        words, below = (format.ltr(point.value), "") if point.way != "address" else _in_two(point)
        lead = label_words(point.label) or self._way(point.way)
        if self.narrow:
            lead, below = "", " · ".join(part for part in (lead, below) if part)
        return Line(
            words, lead, below, GLYPHS[point.way], tuple(marks),
            struck=not point.usable, run=partial(self.edit, point), choices=self._choices(point),
        )  # fmt: skip

    def _choices(self, point: ContactPoint) -> tuple[tuple[str, Doing], ...]:
        points, way, number = self.context.services.contact_points, point.way, point.id
        write = self.wanted.emit
        found: list[tuple[str, Doing]] = [(self.tr("Edit"), partial(self.edit, point))]
        if not point.primary:
            found.append((self.tr("Make primary"), lambda: write(partial(points.make_primary, way, number))))
        # Of the address itself: whoever else is reached there has it so too.
        invalid = self.tr("Mark as invalid everywhere"), self.tr("Mark as valid everywhere")
        opted_out = self.tr("Mark as opted out everywhere"), self.tr("Take back the opt-out everywhere")
        for flag, held, (on, off) in (("invalid", point.invalid, invalid), ("opt_out", point.opt_out, opted_out)):
            set_flag = partial(points.flag, way, number, flag, not held)
            found.append((off if held else on, partial(write, set_flag)))
        return (*found, (self.tr("Remove"), lambda: write(partial(points.remove, way, number))))

    def _way(self, way: str) -> str:
        return self.tr("Address") if way == "address" else str(self.context.services.labels.field("person", way))


def _in_two(point: ContactPoint) -> tuple[str, str]:
    """A postal address in two lines, where it has a street."""
    street = point.parts.get("street", "")
    rest = written({name: line for name, line in point.parts.items() if name != "street"})
    return (street, rest) if street else (rest, "")
