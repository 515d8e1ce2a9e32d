"""What is done with leads beyond editing them: put aside, converted and taken back, made from a text."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.duplicates import Lookalike
from crm_desktop.domain.filter import is_
from crm_desktop.domain.terms import LeadStatus, Lifecycle
from crm_desktop.gui.deeds import Deed, describe
from crm_desktop.gui.pages.leads.asking import LeadValuesDialog, PasteDialog
from crm_desktop.gui.pages.leads.convert_dialog import ConvertDialog
from crm_desktop.gui.pages.page import Notice, RecordTarget
from crm_desktop.gui.records.ask_dialog import AskDialog
from crm_desktop.gui.widgets.menu import Menu
from crm_desktop.gui.widgets.text import label
from crm_desktop.services.conversion_plan import Choices, Converted, Unconverted
from crm_desktop.services.leads import Onward
from crm_desktop.services.progress import Progress
from crm_desktop.services.statuses import Status

if TYPE_CHECKING:
    from crm_desktop.gui.pages.leads.page import LeadsPage

Ids = Callable[[], Sequence[int]]
USUAL = 5
"""Reasons given before that are offered again."""


_ASKED = (LeadStatus.DISQUALIFIED, LeadStatus.RECYCLED)
"""Types whose statuses ask for more."""


def _mark(action: QAction, here: bool, again: bool = False) -> None:
    """Mark what a lead has; it cannot be chosen `again`, unless that means something."""
    action.setCheckable(True)
    action.setChecked(here)
    action.setEnabled(again or not here)


def _nothing(_result: Any) -> None:
    """What follows where nothing does."""


class LeadDeeds(QObject):
    """Asks what is needed, then does it as one step; a form stays open until it worked."""

    def __init__(self, page: "LeadsPage") -> None:
        super().__init__(page)
        self._page = page
        self._services = page.services
        self.dialog: AskDialog | None = None

    # statuses

    def offer_statuses(self, ids: Ids, popup: Callable[[QMenu], None]) -> None:
        """Offer the statuses, and under them the steps of the lifecycle, for leads; what one lead has is marked."""
        page, lists = self._page, self._services.lists
        many = page.records.ticked_count > 1

        def look(_progress: Progress) -> tuple[Sequence[Status], Sequence[Any]]:
            held = [] if many else lists.rows("lead", ids(), ["status", "lifecycle"])
            return self._services.statuses.all(), held[0] if held else (0, None, None)

        page.context.jobs.read(look, partial(self._offer, ids, popup), None, page)

    def _offer(self, ids: Ids, popup: Callable[[QMenu], None], found: tuple[Sequence[Status], Sequence[Any]]) -> None:
        statuses, (_, status, reached) = found
        menu = Menu(self._page)
        for each in statuses:
            here = status is not None and each.id == status.id
            # Who is put aside already may be so for another reason, or until another day.
            _mark(menu.addAction(each.name, partial(self._set_status, ids, each)), here, each.type in _ASKED)
        steps = menu.addMenu(self._services.labels.field("lead", "lifecycle"))
        for step in Lifecycle:
            _mark(steps.addAction(self._step_words(step), partial(self.qualify, ids, step)), step.value == reached)
        popup(menu)

    def _set_status(self, ids: Ids, status: Status) -> None:
        if status.type is LeadStatus.DISQUALIFIED:
            self.disqualify(ids, status.id)
        elif status.type is LeadStatus.RECYCLED:
            self.recycle(ids, status.id)
        elif status.type is LeadStatus.CONVERTED:
            self.convert(ids)
        else:
            self._set(ids, {"status": status.id})

    def _set(self, ids: Ids, values: dict[str, Any]) -> None:
        self._page.write_many(lambda progress: self._services.records.set("lead", ids(), values, progress))

    def disqualify(self, ids: Ids | None = None, status: int | None = None) -> None:
        """Put leads aside for good, for a reason."""
        chosen = ids or self._page.bulk.ids()
        words = self.tr("Why are %Ln leads put aside?", "", self._count()), self.tr("Disqualify")

        def ask(usual: Sequence[str]) -> None:
            held = {"status_reason": ""}
            dialog = LeadValuesDialog(self._page.context, self._page.window(), words, held, usual)

            def work(values: Mapping[str, Any], _progress: Progress) -> Any:
                return self._services.leads.disqualify(chosen(), values["status_reason"] or "", status)

            self._open(dialog, work)

        aside, lists = is_("status_type", LeadStatus.DISQUALIFIED.value), self._services.lists
        read = self._page.context.jobs.read
        read(lambda _progress: lists.values_in_use("lead", "status_reason", USUAL, aside), ask, None, self._page)

    def recycle(self, ids: Ids | None = None, status: int | None = None) -> None:
        """Put leads back until a day, which begins with what is held; a follow-up asks to contact them then."""
        chosen, fields = ids or self._page.bulk.ids(), ("return_on", "status_reason")
        words = self.tr("When do %Ln leads come back?", "", self._count()), self.tr("Put back")
        today, lists = self._page.context.clock.today(), self._services.lists

        def ask(rows: Sequence[Sequence[Any]]) -> None:
            held = {tuple(row[1:]) for row in rows}
            day, reason = held.pop() if len(held) == 1 else (None, None)
            given = (day, reason or "") if day and day > today else (today + timedelta(90), "")
            dialog = LeadValuesDialog(
                self._page.context, self._page.window(), words, dict(zip(fields, given, strict=True))
            )
            self._open(dialog, work)

        def work(values: Mapping[str, Any], _progress: Progress) -> Any:
            return self._services.leads.recycle(chosen(), values["return_on"], values["status_reason"] or "", status)

        self._page.context.jobs.read(lambda _progress: lists.rows("lead", chosen(), fields), ask, None, self._page)

    def _count(self) -> int:
        """How many leads are ticked, else the current one."""
        return max(1, self._page.records.ticked_count)

    # qualifying

    def qualify(self, ids: Ids | None = None, step: Lifecycle | None = None) -> None:
        """Take the ticked leads, else the current one, a step on: to MQL, to SQL, then to customer and deal.

        To a `step` that was chosen go all that are behind it; where that is nobody it is set by hand.
        """
        chosen, onward = ids or self._page.bulk.ids(), self._services.leads.onward

        def look(_progress: Progress) -> tuple[Sequence[int], Onward]:
            leads = chosen()
            return leads, onward(leads, step)

        self._page.context.jobs.read(look, partial(self._ask_on, step), self._page.tell_refused, self._page)

    def _ask_on(self, step: Lifecycle | None, found: tuple[Sequence[int], Onward]) -> None:
        leads, onward = found
        if not onward.steps and step is not None:
            self._set(lambda: leads, {"lifecycle": step.value})
        elif not onward.steps:
            self.convert(lambda: onward.ready)
        elif len(leads) == 1 and Lifecycle.SQL not in onward.steps:
            self._page.write(lambda: self._services.leads.qualify(leads, step))
        else:
            dialog = self._qualify_dialog(onward, len(leads))
            self._open(dialog, lambda given, _: self._services.leads.qualify(
                leads, step, (given or {}).get("qualification") or ""))  # fmt: skip

    def _qualify_dialog(self, onward: Onward, count: int) -> AskDialog:
        """Says who comes to which step, and asks for the note that an SQL needs."""
        context, window = self._page.context, self._page.window()
        title = self.tr("Qualify %Ln leads", "", onward.moved) if count > 1 else self.tr(
            "Why is it ready for a sales talk?")  # fmt: skip
        if Lifecycle.SQL in onward.steps:
            held = {"qualification": onward.note}
            dialog: AskDialog = LeadValuesDialog(context, window, (title, self.tr("Qualify")), held)
        else:
            dialog = AskDialog(context, window)
            dialog.entitle(title, self.tr("Qualify"))
        if count > 1:
            dialog.content.insertWidget(0, label(self._steps_told(onward, count), tone="secondary", wrap=True))
        return dialog

    def _steps_told(self, onward: Onward, count: int) -> str:
        """A line for each step that leads come to, and for those that stay."""
        moved = sorted(onward.steps.items(), key=lambda each: list(Lifecycle).index(each[0]))
        lines = [self.tr("%Ln leads become %1", "", len(leads)).replace("%1", self._step_words(step))
                 for step, leads in moved]  # fmt: skip
        if count > onward.moved:
            lines.append(self.tr("%Ln leads stay as they are", "", count - onward.moved))
        if 0 < len(onward.bare) < len(onward.steps[Lifecycle.SQL]):
            lines.append(self.tr("The note goes to %Ln leads that have none", "", len(onward.bare)))
        return "\n".join(lines)

    def _step_words(self, step: Lifecycle) -> str:
        return str(self._services.labels.choice("lead", "lifecycle", step.value))

    # conversion

    def convert(self, ids: Ids | None = None) -> None:
        """Turn the ticked leads, else the current one, into people, companies and deals."""
        dialog = ConvertDialog(self._page.context, self._page.window(), ids or self._page.bulk.ids())

        def work(choices: Choices, progress: Progress) -> Converted:
            return self._services.conversion.convert(dialog.leads, choices, progress)

        self._open(dialog, work)

    def unconvert(self, ids: Ids | None = None) -> None:
        """Make leads of the ticked ones again, else of the current one; later work stays and is told."""
        chosen = ids or self._page.bulk.ids()
        self._page.context.jobs.write(
            lambda progress: self._services.conversion.unconvert(chosen(), progress),
            self._taken_back,
            self._page.tell_refused,
            self.tr("Taking conversions back"),
        )

    def _taken_back(self, found: Unconverted) -> None:
        self._page.tell_written(self.tr("%Ln leads are leads again", "", len(found.leads)), found)

    # a text

    def paste(self, text: str = "") -> None:
        """Make leads of a signature or a line of text: the one given, else what was copied."""
        dialog = PasteDialog(self._page.context, self._page.window(), text)
        dialog.lookalike.wanted.connect(partial(self._open_instead, dialog))
        dialog.rejected.connect(partial(self._left, dialog))
        self._open(dialog, lambda people, _: self._services.records.add_all("lead", people), self._page.go_to_new)

    def _open_instead(self, dialog: PasteDialog, found: Lookalike) -> None:
        """Go to who is there already."""
        dialog.reject()
        self._page.go_to(RecordTarget(found.kind, found.id))

    def _left(self, dialog: PasteDialog) -> None:
        """What was typed is offered to be taken up again; what was copied can be pasted again."""
        text = dialog.text_edit.toPlainText()
        if text.strip() and text != dialog.copied:
            more = self.tr("Take it up again"), partial(self.paste, text)
            self._page.noticed.emit(Notice(self.tr("Nothing was added."), kind="info", more=more))

    def _open(
        self, dialog: AskDialog, work: Callable[[Any, Progress], Any], then: Callable[[Any], object] = _nothing
    ) -> None:
        self.dialog = dialog
        dialog.answered.connect(partial(self._do, dialog, work, then))
        dialog.open()

    def _do(
        self, dialog: AskDialog, work: Callable[[Any, Progress], Any], then: Callable[[Any], object], answer: Any
    ) -> None:
        def done(result: Any) -> None:
            dialog.accept()
            change = getattr(result, "change", result)
            self._page.tell_change(describe(Deed.of(change), self._services.labels.kind), change)
            then(result)

        dialog.write(partial(work, answer), done)
