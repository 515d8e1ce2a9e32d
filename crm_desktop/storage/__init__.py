"""The base on disk: models, catalogue, journal, lists and search. Only this package knows Peewee and SQL."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _Shell(ModuleType):
    """Stands for a module that is loaded when something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            # Somebody asks while it still stands in the place of the module, as Qt does of each that is imported.
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def _sparing(*seldom: str, never: str) -> Iterator[None]:
    """Those who import modules inside get a shell of each that is seldom used, and none of one never used."""
    before = {name: sys.modules.get(name) for name in (*seldom, never)}
    sys.modules.update({name: _Shell(name) for name in seldom})
    sys.modules[never] = None  # type: ignore[assignment]  # which Python takes for a module that is not there
    try:
        yield
    finally:
        for name, module in before.items():
            if module is not None:
                sys.modules[name] = module
            elif isinstance(sys.modules.get(name), _Shell | None):
                sys.modules.pop(name, None)


# For databases and kinds of field that are not ours Peewee loads another SQLite, OpenSSL and the network: at every
# start half as much again as itself.
with _sparing("hashlib", "socket", "uuid", never="sqlite3"):
    import peewee  # noqa: F401
