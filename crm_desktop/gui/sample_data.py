"""Taking the sample data out again: asks first where it was worked on."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from crm_desktop.domain.change import Change
from crm_desktop.gui.context import AppContext
from crm_desktop.gui.deeds import by_kind
from crm_desktop.gui.language import tr
from crm_desktop.services.progress import Progress


def remove_sample(
    context: AppContext, parent: QWidget, done: Callable[[Change], object], refused: Callable[[Exception], object]
) -> None:
    """Remove the sample data, with what was changed of it or without; `done` hears of the change if there was any."""
    demo = context.services.demo

    def go(*, keep: bool) -> None:
        context.jobs.write(
            lambda _progress: demo.remove(keep_changed=keep), done, refused, tr("Removing sample data")
        )

    def ask(changed: Mapping[str, Sequence[int]]) -> None:
        if changed:
            counted = by_kind({kind: len(ids) for kind, ids in changed.items()}, context.services.labels.kind)
            _ask(parent, counted, go)
        else:
            go(keep=False)

    def look(_progress: Progress) -> Mapping[str, Sequence[int]]:
        return demo.changed()

    context.jobs.read(look, ask, refused, parent)


def _ask(parent: QWidget, counted: str, go: Callable[..., object]) -> None:
    box = QMessageBox(parent.window())
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("Remove sample data"))
    box.setText(tr("You changed some of the sample data: %1.").replace("%1", counted))
    box.setInformativeText(tr("Kept, they become your own records. Undo and the bin bring back what goes."))
    cancel = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    every = box.addButton(tr("Remove all"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(tr("Keep what I changed"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(cancel)
    every.clicked.connect(lambda: go(keep=False))
    keep.clicked.connect(lambda: go(keep=True))
    box.finished.connect(box.deleteLater)
    box.open()
