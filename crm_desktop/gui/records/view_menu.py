"""What can be done with one of the views, at its tab."""

from functools import partial

from PySide6.QtWidgets import QWidget

from crm_desktop.gui.records.views_bar import ALL, ViewsBar
from crm_desktop.gui.widgets.menu import Menu
from crm_desktop.services.views import View

LEFT, RIGHT = "Ctrl+Shift+PgUp", "Ctrl+Shift+PgDown"


class ViewMenu(Menu):
    """Works on a view as it was saved, be it the chosen one or not."""

    def __init__(self, views: ViewsBar, view: View, parent: QWidget) -> None:
        super().__init__(parent)
        chosen, saved = view.id == views.now.id, view.id != ALL
        if chosen and views.changed:
            self.offer(self.tr("Save changes"), views.save)
            self.offer(self.tr("Reset"), views.reset)
        if saved:
            self.offer(self.tr("Rename…"), partial(views.ask_name, view))
            at, last = views.order.index(view.id), len(views.order) - 1
            back = self.offer(self.tr("Move left"), partial(views.put_at, view.id, at - 1), LEFT if chosen else "")
            on = self.offer(self.tr("Move right"), partial(views.put_at, view.id, at + 1), RIGHT if chosen else "")
            back.setEnabled(at > 0)
            on.setEnabled(at < last)
        self.offer(self.tr("Duplicate"), partial(views.duplicate, views.shown(view.id)))
        if saved:
            self.offer(self.tr("Delete view"), partial(views.delete, view))
