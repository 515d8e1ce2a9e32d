"""How the records that a field may link to are looked up."""

from collections.abc import Callable

from crm_desktop.domain.catalogue import Field
from crm_desktop.domain.filter import Ref
from crm_desktop.gui.context import AppContext

Find = Callable[[str, Callable[[list[Ref]], object]], object]


def finder(context: AppContext, field: Field) -> Find | None:
    """What looks records up by the words of their names; None where the field links to none."""
    target = field.target
    if target is None:
        return None

    def find(text: str, answer: Callable[[list[Ref]], object]) -> None:
        context.jobs.read(lambda _progress: context.services.records.links(target, text), answer)

    return find
