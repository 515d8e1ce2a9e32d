"""What the page asks for of a record, in a thread that reads."""

from typing import NamedTuple

from crm_desktop.errors import UserError
from crm_desktop.gui.pages.page import RecordTarget
from crm_desktop.gui.records.around import Around, look_around
from crm_desktop.services import Services
from crm_desktop.services.customer_360 import Portrait
from crm_desktop.services.progress import Progress
from crm_desktop.services.records import Record
from crm_desktop.services.timeline import Group, Moment


class Answer(NamedTuple):
    """A record with all that stands around it."""

    record: Record
    portrait: Portrait
    around: Around


class Wanted(NamedTuple):
    """What of a timeline is shown."""

    group: Group | None = None
    text: str = ""
    limit: int = 100


class Told(NamedTuple):
    """Lines of a timeline, how many records with the words each group has, and whether there are more lines."""

    moments: list[Moment]
    counts: dict[Group | None, int]
    more: bool


def look_up(services: Services, target: RecordTarget, progress: Progress) -> Answer:
    """The record itself, its figures and what stands around it; UserError where it is gone."""
    kind, record = target
    found = services.records.show(kind, record)
    if found.deleted:
        raise UserError(f"{found.title} was deleted.")
    progress.check_cancelled()
    portrait = services.customer_360.portrait(kind, record)
    progress.check_cancelled()
    return Answer(found, portrait, look_around(services, kind, record))


def look_back(services: Services, target: RecordTarget, wanted: Wanted, progress: Progress) -> Told:
    """The timeline of a record."""
    kind, record = target
    moments = services.timeline.moments(kind, record, wanted.group, wanted.text, wanted.limit)
    progress.check_cancelled()
    return Told(moments, services.timeline.counts(kind, record, wanted.text), len(moments) >= wanted.limit)
