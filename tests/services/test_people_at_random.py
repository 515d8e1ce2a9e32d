"""Any work on addresses, roles and parents: one address is known alike everywhere, and all of it can be taken back."""

import atexit
import contextlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory, mkdtemp

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.contact import FLAGS
from crm_desktop.errors import UserError
from crm_desktop.services import Services
from tests.services.people_desk import add, at
from tests.storage.equality import assert_derived_is_true, snapshot

CHECKED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OWNERS = ("lead", "person", "company")
PICK = st.integers(0, 5)
VALUES = {"email": ("a@x.example", "b@x.example", "A@x.example"), "phone": ("+49 30 123456", "0049 30 123456", "112")}
WAY = st.sampled_from(sorted(VALUES))
STEP = st.tuples(st.integers(0, 11), WAY, PICK, PICK)


@cache
def begun() -> Path:
    """A base with two records of each kind, made once and copied for each example."""
    folder = Path(mkdtemp())
    atexit.register(rmtree, folder)
    services = at(folder / "base")
    for number in range(2):
        add(services, "company", name=f"C{number}", email="a@x.example")
        add(services, "lead", name=f"L {number}", phone="+49 30 123456")
        add(services, "person", name=f"P {number}", email="a@x.example, b@x.example", company=f"C{number}")
    services.close()
    return folder / "base"


class Desk:
    """Does one thing after the other; what is refused is part of the work."""

    def __init__(self, services: Services) -> None:
        self.services = services
        lists = services.lists
        self.records = {kind: sorted(lists.ids(lists.parse(kind, ""))) for kind in OWNERS}

    def do(self, what: int, way: str, one: int, other: int) -> None:
        """One step."""
        kind = OWNERS[one % 3]
        record = self.records[kind][other % 2]
        points = [point for point in self.services.contact_points.of(kind, record) if point.way == way]
        text = VALUES[way][other % 3]
        on_points, set_ = self.services.contact_points, self.services.records.set
        point = points[one % len(points)] if points else None
        people, companies = self.records["person"], self.records["company"]
        work: list[Callable[[], object]] = [
            lambda: on_points.add(kind, record, way, text, ("", "work")[one % 2]),
            lambda: set_(kind, [record], {way: VALUES[way][: other % 3]}),
            lambda: set_("person", [people[one % 2]], {"company": companies[other % 2] if other else None}),
            lambda: set_("company", [companies[one % 2]], {"parent": companies[other % 2] if other else None}),
        ]
        ended = "2026-11-12" if other > 2 else None
        noted = [role.id for role in self.services.employments.of_person(people[one % 2]) if role.id is not None]
        work.append(lambda: add(self.services, "employment", person=people[one % 2], company=companies[other % 2],
                                job_title=way, ended_on=ended))  # fmt: skip
        if noted:
            work += [
                lambda: set_("employment", noted[:1], {"ended_on": ended, "job_title": way}),
                lambda: self.services.records.delete("employment", noted[:1]),
            ]
        if point is not None:
            work += [
                lambda: on_points.change(way, point.id, text, "home"),
                lambda: on_points.make_primary(way, point.id),
                lambda: on_points.remove(way, point.id),
                lambda: on_points.flag(way, point.id, FLAGS[one % 2], other % 2 == 0),
                lambda: on_points.flag(way, point.id, FLAGS[other % 2]),
            ]
        with contextlib.suppress(UserError):
            work[what % len(work)]()

    def known(self) -> dict[tuple[str, str], set[tuple[bool, bool]]]:
        """What is known of each address, by what it is."""
        found: dict[tuple[str, str], set[tuple[bool, bool]]] = {}
        for kind, records in self.records.items():
            for record in records:
                for point in self.services.contact_points.of(kind, record):
                    text = point.value.lower() if point.way == "email" else point.value.replace("00", "+", 1)
                    found.setdefault((point.way, text), set()).add((point.invalid, point.opt_out))
        return found


@CHECKED
@given(steps=st.lists(STEP, max_size=10))
def test_an_address_is_known_alike_everywhere_and_all_can_be_undone(steps: list[tuple[int, str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        copytree(begun(), folder, dirs_exist_ok=True)
        services = at(Path(folder))
        store = services._store
        try:
            before, count = snapshot(store), 0
            desk = Desk(services)
            start = services.history.peek_undo()
            for step in steps:
                desk.do(*step)
                assert all(len(flags) == 1 for flags in desk.known().values()), desk.known()
            assert_derived_is_true(store)
            while services.history.peek_undo() != start and count < len(steps):
                services.history.undo()
                count += 1
            assert snapshot(store) == before
        finally:
            services.close()
