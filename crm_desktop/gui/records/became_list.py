"""What a lead was converted to, each a line that opens it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.filter import Ref
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.line_button import Line
from crm_desktop.gui.records.lines import LinesList

GLYPHS = {"person": "user", "company": "building-2", "deal": "square-kanban"}


class BecameList(LinesList):
    """The person, company and deal of a converted lead."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, tr("What the lead became"))

    def show_became(self, found: Sequence[tuple[str, Ref]]) -> None:
        """Show the records, by kind."""
        kind_words = self.context.services.labels.kind
        self.show_lines([
            Line(ref.name, kind_words(kind), glyph=GLYPHS[kind], link=True,
                 run=partial(self.opened.emit, RecordTarget(kind, ref.id)))
            for kind, ref in found
        ])  # fmt: skip
