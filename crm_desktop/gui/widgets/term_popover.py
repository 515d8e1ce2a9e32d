"""The popover that explains a term: what it means and how it is counted here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.gui.theme import ThemeManager
from crm_desktop.gui.widgets.key_cap import KeyCap
from crm_desktop.gui.widgets.popover import Popover
from crm_desktop.gui.widgets.term_body import TermBody
from crm_desktop.gui.widgets.text import label

WIDTH = 368


class TermPopover(Popover):
    """The title of a term over its `about`, whose links close the popover."""

    def __init__(self, theme: ThemeManager, parent: QWidget, title: str, definition: str) -> None:
        super().__init__(theme, parent, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(definition)
        self.about = TermBody(theme, self, definition)
        self.body.setContentsMargins(20, 16, 20, 14)
        self.body.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(title, "cardTitle"))
        head.addStretch(1)
        head.addWidget(KeyCap(theme, self, "Esc"))
        self.body.addLayout(head)
        self.body.addWidget(self.about)

    def fit(self) -> None:
        """Be as wide as usual, or as the links need side by side."""
        super().fit()
        margins = self.body.contentsMargins()
        needed = self.about.minimumSizeHint().width() + margins.left() + margins.right()
        self.setFixedWidth(max(self.theme.current.px(WIDTH), needed))
        self.adjustSize()
