"""What is done with many records tells how far it is, and changes nothing once nobody waits for it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from crm_desktop.domain.change import Change
from crm_desktop.services import Services, consequences
from crm_desktop.services.progress import Cancelled, Progress
from crm_desktop.services.selections import Edit, How
from tests.services.people_desk import add, at
from tests.storage.equality import snapshot

Work = Callable[[Services, Sequence[int], Progress], Change]
COUNT = 23


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setattr(consequences, "_BATCH", 5)
    made = at(tmp_path)
    yield made
    made.close()


def apply(kind: str, field: str, how: How, value: object) -> tuple[str, Work]:
    return kind, lambda s, ids, progress: s.selections.apply(kind, ids, Edit(field, how, value), progress)


WORKS: dict[str, tuple[str, Work]] = {
    "set": apply("lead", "score", How.SET, 40),
    "set lifecycle": apply("lead", "lifecycle", How.SET, "mql"),
    "set stage": apply("deal", "stage", How.SET, "Negotiation"),
    "tag": apply("lead", "tags", How.ADD, "New"),
    "untag": apply("lead", "tags", How.REMOVE, "Old"),
    "shift": apply("deal", "expected_close", How.SHIFT, 7),
    "delete": ("lead", lambda s, ids, progress: s.records.delete("lead", ids, progress)),
    "convert": ("lead", lambda s, ids, progress: s.conversion.convert(ids, None, progress).change),
}


@pytest.mark.parametrize("what", WORKS)
def test_many_records_are_changed_with_progress_or_not_at_all(services: Services, what: str) -> None:
    kind, work = WORKS[what]
    day = {"expected_close": "2026-12-24"} if kind == "deal" else {}
    ids = [add(services, kind, name=f"Ada King {n}", tags="Old", **day) for n in range(COUNT)]
    before = snapshot(services._store)
    stopped = Progress(lambda progress: progress.cancel() if progress.step > COUNT // 2 else None)
    with pytest.raises(Cancelled, match="Nothing was changed"):
        work(services, ids, stopped)
    assert stopped.total == COUNT and snapshot(services._store) == before
    steps: list[int] = []
    change = work(services, ids, Progress(lambda progress: steps.append(progress.step)))
    assert steps == sorted(set(steps)) and steps[-1] == COUNT and len(steps) > 3
    assert {touched.kind: touched.count for touched in change.touched}[kind] == COUNT
    services.history.undo()
    assert snapshot(services._store) == before
