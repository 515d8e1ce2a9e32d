"""Records picked one by one."""

from pathlib import Path

from crm_desktop.domain.filter import Compare, Filter, Op, Sort, picked
from crm_desktop.storage.store import Store


def test_a_filter_may_name_its_records(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "base.crm")
    with store.action("add"):
        ids = [store.records.insert("lead", {"last_name": name, "score": n}) for n, name in enumerate("ABCDE")]
    wanted = picked("lead", [ids[3], ids[1], 7])
    assert list(store.lists.ids(wanted, Sort("name"))) == [ids[1], ids[3]]
    assert store.lists.count(Filter.from_json(wanted.to_json())) == 2
    assert store.lists.count(wanted & Compare("score", Op.MORE, 2)) == 1
    assert store.lists.count(picked("lead", [])) == 0
    store.close()
