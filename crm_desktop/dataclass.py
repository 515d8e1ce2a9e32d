"""The dataclasses of values that never change, made in a quarter of the time: a start makes fifty of them.

To whoever checks types it is the one of the standard library. That writes and compiles up to ten functions for each
class; here all classes share theirs but for `__init__`. That nothing is set later is left to the checker of types.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    import operator

    def dataclass(*, frozen, slots=False, eq=True, order=False):
        """As in the standard library, for what is frozen."""

        def make(cls):
            made = dataclasses.dataclass(cls, slots=slots, eq=False, repr=False)
            fields = dataclasses.fields(made)
            methods = {"__repr__": _shown([field.name for field in fields if field.repr])}
            if eq:
                compared = [field.name for field in fields if field.compare]
                values = operator.attrgetter(*compared) if compared else lambda _: ()
                methods["__hash__"] = lambda self: hash(values(self))
                for name in ("eq", "lt", "le", "gt", "ge") if order else ("eq",):
                    methods[f"__{name}__"] = _compared(values, getattr(operator, name))
            for name, method in methods.items():
                if vars(cls).get(name) is None:
                    setattr(made, name, method)
            return made

        return make

    def _compared(values, compare):
        def compared(self, other):
            return compare(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

        return compared

    def _shown(names):
        def shown(self):
            return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

        return shown
