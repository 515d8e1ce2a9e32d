"""The finished record of one row, as it would be saved."""

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_desktop.gui import format
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.pages.importing.draft import Import
from crm_desktop.gui.widgets.avatar import Avatar
from crm_desktop.gui.widgets.buttons import IconButton
from crm_desktop.gui.widgets.card import Card
from crm_desktop.gui.widgets.pill import Pill
from crm_desktop.gui.widgets.text import ElidedLabel, label
from crm_desktop.services.importing import Preview, Target

_HIDDEN = frozenset({"first_name", "last_name", "company_name", "name", "source_system"})


class PreviewCard(Card):
    """One row at a time; the arrows go to the others."""

    def __init__(self, context: AppContext, task: Import, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent, " ")
        self.set_title(self.tr("Preview"))
        self._context = context
        self._task = task
        self.at = 0
        self.counter = label(role="small", tone="secondary")
        self.previous = IconButton(context.theme, self, "chevron-left", self.tr("Previous row"))
        self.next = IconButton(context.theme, self, "chevron-right", self.tr("Next row"))
        for part in (self.counter, self.previous, self.next):
            self.add_button(part)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self._avatar = Avatar(context.theme, 36, self)
        self.name = ElidedLabel(context.theme, self)
        self.name.setProperty("role", "cardTitle")
        self._below = ElidedLabel(context.theme, self)
        self._below.setProperty("role", "small")
        self._below.setProperty("tone", "secondary")
        self.pill = Pill(context.theme, self, " ", "accent")
        self._facts = QGridLayout()
        self._compose()

    def _compose(self) -> None:
        line = QFrame(self)
        line.setProperty("kind", "edge")
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self.name)
        names.addWidget(self._below)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._avatar)
        head.addLayout(names, 1)
        head.addWidget(self.pill)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(9)
        self._facts.setColumnStretch(1, 1)
        self.body.setSpacing(12)
        self.body.addWidget(line)
        self.body.addLayout(head)
        self.body.addLayout(self._facts)

    def step(self, by: int) -> None:
        """Go to another row."""
        self.at = max(0, min(self.at + by, self._task.rows - 1))
        self.renew()

    def renew(self) -> None:
        """Ask for the row again."""
        self.at = max(0, min(self.at, self._task.rows - 1))
        words = self.tr("Row %1 of %2").replace("%1", format.count_text(self.at + 1))
        self.counter.setText(words.replace("%2", format.count_text(self._task.rows)))
        self.previous.setEnabled(self.at > 0)
        self.next.setEnabled(self.at < self._task.rows - 1)
        self._task.preview(self.at, self._show)

    def _show(self, preview: Preview | None) -> None:
        if preview is None or self._task.looked_at is None:
            return
        labels = self._context.services.labels
        name = preview.title or self.tr("Without a name")
        self.name.setText(name)
        self._avatar.show_name(name)
        firm = str(preview.values.get("company_name") or preview.values.get("company") or "")
        below = preview.problems[0] if preview.problems else firm
        self._below.setText(below)
        self._below.setVisible(below not in ("", name))
        kind = labels.kind(preview.kind)
        if preview.problems:
            self.pill.set(self.tr("Left out"), "bad")
        else:
            self.pill.set(self.tr("New %1").replace("%1", kind.lower()) if preview.fresh else kind, "accent")
        self._show_facts(preview)

    def _show_facts(self, preview: Preview) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            held = item.widget()
            if held is not None:
                held.hide()
                held.deleteLater()
        targets = {target.name: target for target in self._task.targets()}
        labels = self._context.services.labels
        row = 0
        for field, value in preview.values.items():
            text = self._text(preview, targets.get(field), field, value)
            if field in _HIDDEN or not text or field not in (*preview.texts, "note"):
                continue
            self._facts.addWidget(self._named(labels.field(preview.kind, field)), row, 0)
            self._facts.addWidget(self._valued(text, preview.texts.get(field, "")), row, 1)
            row += 1

    def _named(self, words: str) -> QLabel:
        made = ElidedLabel(self._theme, self, words)
        made.setProperty("role", "small")
        made.setProperty("tone", "secondary")
        made.setFixedWidth(self._theme.current.px(88))
        return made

    def _valued(self, text: str, said: str) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(self._theme, self, text.replace("\n", " · ")))
        if said and said != text and len(said) <= 8:
            row.addWidget(label(self.tr("was %1").replace("%1", said), "small", "muted"))
        row.addStretch(1)
        return box

    def _text(self, preview: Preview, target: Target | None, field: str, value: object) -> str:
        labels = self._context.services.labels
        if target is not None and target.field is not None and not isinstance(value, str):
            today = self._context.clock.today()
            return format.value(target.field, value, today)
        known = target.field.choices if target is not None and target.field is not None else ()
        text = str(value) if value is not None else ""
        return labels.choice(preview.kind, field, text) if text in known else text
