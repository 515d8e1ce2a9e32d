"""Names that conditions speak of, looked up away from the window: of linked records, and of fields that are gone."""

from PySide6.QtCore import QObject, Signal

from crm_desktop.gui.context import AppContext
from crm_desktop.gui.language import tr

UNKNOWN = "…"


class KnownNames(QObject):
    """What is not known yet is said as "…" until `learned` tells that it is."""

    learned = Signal()

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._records: dict[tuple[str, int], str] = {}
        self._gone: dict[str, dict[str, str]] = {}

    def forget(self) -> None:
        """Records or fields may be called otherwise now; what is known is said until it is looked up again."""
        for kind, number in self._records:
            self._ask_record(kind, number)
        for kind in self._gone:
            self._ask_gone(kind)

    def record(self, kind: str, number: int) -> str:
        """What a record is called."""
        if (kind, number) not in self._records:
            self._records[kind, number] = UNKNOWN
            self._ask_record(kind, number)
        return self._records[kind, number]

    def gone(self, kind: str, name: str) -> str:
        """What a field that is gone was called; its name where nobody knows."""
        if kind not in self._gone:
            self._gone[kind] = {}
            self._ask_gone(kind)
        return self._gone[kind].get(name, name)

    def _ask_record(self, kind: str, number: int) -> None:
        lists = self._context.services.lists
        deleted = tr("a deleted record")

        def heard(rows: list[tuple[object, ...]]) -> None:
            self._learn_record(kind, number, str(rows[0][1]) if rows else deleted)

        self._context.jobs.read(lambda _progress: lists.rows(kind, [number], ["name"]), heard, owner=self)

    def _learn_record(self, kind: str, number: int, name: str) -> None:
        if self._records.get((kind, number)) != name:
            self._records[kind, number] = name
            self.learned.emit()

    def _ask_gone(self, kind: str) -> None:
        fields = self._context.services.fields

        def heard(found: dict[str, str]) -> None:
            if self._gone.get(kind) != found:
                self._gone[kind] = found
                self.learned.emit()

        self._context.jobs.read(lambda _progress: fields.gone(kind), heard, owner=self)
