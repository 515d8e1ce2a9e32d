"""Pairs of runs, and what they say."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: seconds on the clock, and seconds of processor time."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: our figure, the floor's, the median of the paired ratios and their spread (middle nine tenths).

    A bound counts as missed only when the whole spread lies above it.
    """

    name: str
    ours: float
    floor: float
    ratio: float
    low: float
    high: float
    bound: float
    unit: str = "ms"
    cpu_ratio: float | None = None
    pairs: int = 0
    note: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def verdict(self) -> str:
        """Whether the bound holds."""
        if self.ratio <= self.bound:
            return "met"
        return "missed" if self.low > self.bound else "within the spread"


def timed(work: Callable[[], object]) -> Sample:
    """Runs once."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Sample(time.perf_counter() - wall, time.process_time() - cpu)


def paired(ours: Callable[[], object], floor: Callable[[], object], pairs: int) -> list[tuple[Sample, Sample]]:
    """Runs both in turn, after one run of each that does not count."""
    timed(ours)
    timed(floor)
    return [(timed(ours), timed(floor)) for _ in range(pairs)]


def compared(name: str, samples: Sequence[tuple[Sample, Sample]], bound: float, note: str = "") -> Result:
    """The result of pairs of times, in milliseconds."""
    ratios = sorted(a.wall / b.wall for a, b in samples)
    low, high = spread(ratios)
    cpu = [a.cpu / b.cpu for a, b in samples if b.cpu > 0]
    return Result(
        name, statistics.median(a.wall for a, _ in samples) * 1000, statistics.median(b.wall for _, b in samples) * 1000,
        statistics.median(ratios), low, high, bound, cpu_ratio=statistics.median(cpu) if cpu else None,
        pairs=len(samples), note=note,
    )  # fmt: skip


def spread(values: Sequence[float]) -> tuple[float, float]:
    """The middle nine tenths."""
    ordered = sorted(values)
    cut = len(ordered) // 20
    return ordered[cut], ordered[len(ordered) - 1 - cut]


def against(name: str, values: Sequence[float], limit: float, unit: str, note: str = "") -> Result:
    """A figure held against a fixed limit, as a share of it."""
    low, high = spread(values)
    median = statistics.median(values)
    return Result(name, median, limit, median / limit, low / limit, high / limit, 1.0, unit, pairs=len(values), note=note)
