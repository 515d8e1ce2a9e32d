"""Who works where and in which role, now and before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from crm_desktop.domain.change import Change
from crm_desktop.domain.filter import Compare, Filter, Node, Op, Ref, any_of, both, is_
from crm_desktop.errors import UserError
from crm_desktop.services import ties
from crm_desktop.storage.store import Store

if TYPE_CHECKING:
    from crm_desktop.storage.history import Held

_FIELDS = ("person", "company", "job_title", "department", "started_on", "ended_on")
_SAID = ("job_title", "department")
_OPEN = Compare("ended_on", Op.EMPTY, True)


@dataclass(frozen=True, slots=True)
class Role:
    """What a person is at a company, from a day to a day, both of which may be unknown.

    `main` is the company that the person's own record names; where nothing else is known of it, `id` is None.
    `part` is the usual part that the person has in decisions.
    """

    id: int | None
    person: Ref
    company: Ref
    job_title: str
    department: str
    started_on: date | None = None
    ended_on: date | None = None
    main: bool = False
    part: str | None = None

    @property
    def current(self) -> bool:
        """Whether it lasts."""
        return self.ended_on is None


class Employments:
    """Reads roles and ends them; they are added and edited as records of the kind `employment`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_person(self, person: int) -> list[Role]:
        """Every company of a person: the main one, the others that last, then the former ones, the newest first."""
        rows = self._store.lists.rows("person", [person], ["name", "company", "job_title", "department", "role"])
        if not rows:
            return []
        _, name, company, title, department, part = rows[0]
        main = [Role(None, Ref(person, name or ""), company, title or "", department or "", None, None, True, part)]
        return _joined(self._roles(is_("person", person)), main if company else [])

    def of_company(self, company: int) -> list[Role]:
        """Everybody who works at a company, and who did before."""
        named = self._store.lists.rows("company", [company], ["name"])
        if not named:
            return []
        here = Ref(company, named[0][1])
        fields = ("name", "job_title", "department", "role")
        found = self._store.lists.values(Filter("person", is_("company", company)), fields)
        main = [
            Role(None, Ref(number, name or ""), here, title or "", department or "", None, None, True, part)
            for number, name, title, department, part in found
        ]
        return _joined(self._roles(is_("company", company)), main)

    def end(self, employment: int, day: date | None = None) -> Change:
        """Ends a role on a day, today unless given. The main company of the person is then no longer that one."""
        role = self._get(employment)
        ended = day or self._store.clock.today()
        _check_end(role, ended)
        with self._store.action("set", "person", role.person.name) as action:
            self._store.records.update("employment", [employment], {"ended_on": ended})
            self.tell([employment], {}, [role])
        return action.change

    def make_main(self, employment: int) -> Change:
        """Makes a role that lasts the one that the person's own record names; the one before lasts beside it."""
        role = self._get(employment)
        if not role.current:
            raise UserError("A role that has ended cannot be the main one.")
        main = next((each for each in self.of_person(role.person.id) if each.main), None)
        with self._store.action("set", "person", role.person.name) as action:
            if main is not None and main.id is not None:
                self._store.records.update("employment", [main.id], _said(main))
            elif main is not None:
                held = {**_said(main), "person": main.person.id, "company": main.company.id}
                self._store.records.insert("employment", {**held, "created_at": self._store.clock.now()})
            self._store.records.update("person", [role.person.id], _works([role]))
        return action.change

    def leave(self, person: int, day: date | None = None) -> Change:
        """Ends the role of a person at their main company, also where nothing but the company is known of it."""
        with self._store.action("set", "person", self._main(person).person.name) as action:
            self.follow([person], {"company": None}, day)
            self._store.records.update("person", [person], _works(self._roles(both(is_("person", person), _OPEN))))
        return action.change

    def note(self, person: int, values: Mapping[str, Any]) -> Change:
        """Says more of the role that a person's own record tells alone: title, department, its first or last day."""
        main = self._main(person)
        with self._store.action("set", "person", main.person.name) as action:
            said = {"job_title": main.job_title or None, "department": main.department or None, **values}
            given = {"person": person, "company": main.company.id, **said}
            ties.check(self._store, "employment", (), given)
            record = self._store.records.insert("employment", {**given, "created_at": self._store.clock.now()})
            self.tell([record], values, [main])
        return action.change

    def follow(self, people: Sequence[int], values: Mapping[str, Any], day: date | None = None) -> None:
        """Notes that people change their company: the old role ends and the new one begins, on the same day.

        Belongs inside the action that sets the company, before it does so. Whoever had none begins without a day.
        """
        today = day or self._store.clock.today()
        target = values["company"]
        company = None if target is None else int(getattr(target, "id", target))
        known = self._store.lists.rows("person", people, ["company", "job_title", "department"])
        moving = {row[0]: row for row in known if row[1] is not None and row[1].id != company}
        open_ = {(role.person.id, role.company.id): role for role in self._roles(both(any_of("person", moving), _OPEN))}
        ending: dict[int, dict[str, Any]] = {}
        new: list[tuple[Any, ...]] = []
        for person, (_, before, title, department) in moving.items():
            role = open_.get((person, before.id))
            if role is not None and role.id is not None:
                _check_end(role, today)
                said = {"job_title": role.job_title or title, "department": role.department or department}
                ending[role.id] = {"ended_on": today, **said}
            else:
                new.append((person, before.id, title, department, None, today))
            if company is not None and (person, company) not in open_:
                new.append((person, company, values.get("job_title"), values.get("department"), today, None))
        self._store.records.update_each("employment", ending)
        now = self._store.clock.now()
        self._store.records.insert_many("employment", (*_FIELDS, "created_at"), [(*row, now) for row in new])

    def lasting(self, roles: Sequence[int]) -> list[Role]:
        """Those of the roles that last, also where the action that made them is not at its end yet."""
        if not roles:
            return []
        rows = self._store.lists.whole("employment", roles, _FIELDS)
        gone = {*self._store.records.in_bin("employment", roles)}
        closed = {*self._store.records.in_bin("company", [row[2].id for row in rows])}
        found = [_role(row) for row in rows if row[0] not in gone and row[2].id not in closed]
        return [role for role in found if role.current]

    def tell(self, roles: Sequence[int], read: Mapping[str, Any], before: Sequence[Role] = ()) -> None:
        """People's own records follow their roles: the first one is where they work, and when that ends the newest.

        Belongs inside the action that wrote `read` into the roles; `before` are those that lasted until then.
        """
        if not roles:
            return
        lasting = self.lasting(roles)
        people = sorted({role.person.id for role in (*before, *lasting)})
        works = dict(self._store.lists.whole("person", people, ["company"]))
        others = [role for role in self._roles(any_of("person", people)) if role.current and role.id not in roles]
        elsewhere = {(role.person.id, role.company) for role in others}
        lasts = elsewhere | {(role.person.id, role.company) for role in lasting}
        for role in before:
            person = role.person.id
            if works.get(person) == role.company and (person, role.company) not in lasts:
                self._keep_words(role)
                new = _works(each for each in (*others, *lasting) if each.person.id == person)
                works[person] = new["company"]
                self._store.records.update("person", [person], new)
        for role in lasting:
            person, said = role.person.id, {name: held for name, held in _said(role).items() if held}
            if works.get(person) is None:
                works[person] = role.company
                self._store.records.update("person", [person], {"company": role.company.id, **said})
            elif works[person] == role.company and (person, role.company) not in elsewhere:
                written = {name: said.get(name) for name in _SAID if name in read}
                self._store.records.update("person", [person], written)

    def _keep_words(self, role: Role) -> None:
        """Notes in a main role that ends what the person's own record alone tells of it."""
        if role.id is not None and not self._store.records.in_bin("employment", [role.id]):
            _, *own = self._store.lists.whole("person", [role.person.id], _SAID)[0]
            kept = {name: held or known for (name, held), known in zip(_said(role).items(), own, strict=True)}
            self._store.records.update("employment", [role.id], kept)

    def put_back(self, roles: "Mapping[int, Held]") -> None:
        """Makes roles what they were; those that were not there go to the bin. Belongs inside an action."""
        new = [number for number, then in roles.items() if not then.there]
        self._store.records.delete("employment", new, self._store.clock.stamp())
        fields = ("job_title", "department", "started_on", "ended_on")
        there = {number: {f: then.values[f] for f in fields} for number, then in roles.items() if then.there}
        self._store.records.update_each("employment", there)

    def _roles(self, where: Node) -> list[Role]:
        rows = self._store.lists.values(Filter("employment", where), _FIELDS)
        rows = [row for row in rows if row[1] is not None and row[2] is not None]
        here = {
            kind: {row[0] for row in self._store.lists.rows(kind, [row[at].id for row in rows], [])}
            for at, kind in ((1, "person"), (2, "company"))
        }
        return [_role(row) for row in rows if row[1].id in here["person"] and row[2].id in here["company"]]

    def _get(self, employment: int) -> Role:
        found = self._roles(is_("id", employment))
        if not found:
            raise UserError(f"There is no employment with the number {employment}.")
        return found[0]

    def _main(self, person: int) -> Role:
        if not self._store.lists.rows("person", [person], []):
            raise UserError(f"There is no person with the number {person}.")
        main = next((role for role in self.of_person(person) if role.main), None)
        if main is None:
            raise UserError("This person works nowhere now.")
        return main


def _role(row: tuple[Any, ...]) -> Role:
    number, person, company, title, department, start, end = row
    return Role(number, person, company, title or "", department or "", start, end)


def _said(role: Role) -> dict[str, str | None]:
    """What a role says of itself."""
    return {name: getattr(role, name) or None for name in _SAID}


def _works(lasting: Iterable[Role]) -> dict[str, Any]:
    """What a person's own record tells of the roles that last: the newest of them."""
    newest = max(lasting, key=lambda role: (role.started_on or date.min, role.id or 0), default=None)
    return {"company": None} if newest is None else {"company": newest.company.id, **_said(newest)}


def _check_end(role: Role, day: date) -> None:
    if role.started_on and day < role.started_on:
        raise UserError("A role cannot end before it starts.")


def _joined(noted: Sequence[Role], main: Sequence[Role]) -> list[Role]:
    """Roles that were noted with those that people's own records tell; these know title and part best."""
    own = {(role.person.id, role.company.id): role for role in main}
    found = []
    for role in noted:
        at = own.pop((role.person.id, role.company.id), None) if role.current else None
        if at is None:
            found.append(role)
        else:
            title, department = at.job_title or role.job_title, at.department or role.department
            found.append(replace(role, job_title=title, department=department, main=True, part=at.part))
    return sorted([*own.values(), *found], key=_order)


def _order(role: Role) -> tuple[bool, bool, int, str]:
    last = role.ended_on or role.started_on
    return not role.current, not role.main, -(last.toordinal() if last else 0), role.person.name
