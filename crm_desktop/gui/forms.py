"""Qt Designer forms loaded at run time into typed classes.

A form class names its file and annotates the children it uses:

    class LeadForm(Form, QDialog):
        ui = "lead_form"
        name_edit: QLineEdit

Loading fails with a sentence when the file has no such child or one of another class.
"""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, get_type_hints

from PySide6.QtCore import QBuffer, QCoreApplication, QMetaObject, QObject
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QWidget

from crm_desktop import paths
from crm_desktop.gui.theme import ThemeManager

W = TypeVar("W", bound=QWidget)
Maker = Callable[[ThemeManager, QWidget | None], QWidget]

_AIR = 8
_PROMOTED: dict[str, Maker] = {}


def promoted(kind: type[W]) -> type[W]:
    """Class decorator: forms may use this widget by its class name; it is made with (theme, parent)."""
    _PROMOTED[kind.__name__] = kind
    return kind


class _Loader(QUiLoader):
    def __init__(self, theme: ThemeManager, target: QWidget | None) -> None:
        super().__init__()
        self._theme = theme
        self._target = target

    def createWidget(self, class_name: str, parent: QWidget | None = None, name: str = "") -> QWidget:
        if parent is None and self._target is not None:
            return self._target
        maker = _maker(class_name)
        if maker is None:
            return super().createWidget(class_name, parent, name)
        widget = maker(self._theme, parent)
        widget.setObjectName(name)
        return widget


def _maker(class_name: str) -> Maker | None:
    """What makes a widget of ours; None for one of Qt."""
    if class_name not in _PROMOTED and not class_name.startswith("Q"):
        # The widgets register themselves when imported; forms must not depend on who imported them before.
        import crm_desktop.gui.promoted  # noqa: F401
    return _PROMOTED.get(class_name)


def load(name: str, theme: ThemeManager, target: QWidget | None = None) -> QWidget:
    """Build `ui/<name>.ui`, into `target` if one is given."""
    form = QBuffer()
    form.setData(paths.form(name).read_bytes())
    widget = _loader(theme, target).load(form)
    QMetaObject.connectSlotsByName(widget)
    for spin in widget.findChildren(QAbstractSpinBox):
        pad(spin)
    return widget


def _loader(theme: ThemeManager, target: QWidget | None) -> _Loader:
    """A loader that does not look for plug-ins of Designer: it would load even the browser of Qt, for widgets of
    which no form has any, and take longer for it than for a form."""
    places = QCoreApplication.libraryPaths()
    QCoreApplication.setLibraryPaths([])
    try:
        return _Loader(theme, target)
    finally:
        QCoreApplication.setLibraryPaths(places)


def pad(spin: QAbstractSpinBox) -> None:
    """Give a spin box or date field the air of other fields: Qt ignores their padding in style sheets."""
    edit = spin.findChild(QLineEdit)
    if edit is not None:
        edit.setTextMargins(_AIR, 0, 0, 0)


class Form:
    """Base of widgets whose layout lies in `ui/`; comes before the Qt class in the list of bases."""

    ui: ClassVar[str]

    def __init__(self, theme: ThemeManager, parent: QWidget | None = None, **more: Any) -> None:
        super().__init__(parent, **more)  # type: ignore[call-arg]
        self.theme = theme
        assert isinstance(self, QWidget)
        load(self.ui, theme, self)
        self._bind()

    def _bind(self) -> None:
        assert isinstance(self, QObject)
        for name, kind in get_type_hints(type(self)).items():
            if not (isinstance(kind, type) and issubclass(kind, QObject)) or hasattr(type(self), name):
                continue
            child = self.findChild(kind, name)
            if child is None:
                raise TypeError(f"{self.ui}.ui has no {kind.__name__} named {name}")
            setattr(self, name, child)
