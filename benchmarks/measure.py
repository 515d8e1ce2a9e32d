"""Pairs of runs, and what they say."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: seconds on the clock, and seconds of processor time."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: our figure, the floor's, the median of the paired ratios and their spread (middle nine tenths).

    A bound counts as missed only when the whole spread lies above it; without a bound a figure is told for itself.
    """

    name: str
    ours: float
    floor: float
    ratio: float
    low: float
    high: float
    bound: float | None
    unit: str = "ms"
    cpu_ratio: float | None = None
    pairs: int = 0
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the bound holds."""
        if self.bound is None:
            return "no bound"
        if self.ratio <= self.bound:
            return "met"
        return "missed" if self.low > self.bound else "within the spread"


Pairs = Sequence[tuple[Sample, Sample]]


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


def compared(name: str, samples: Pairs, bound: float | None, note: str = "") -> Result:
    """The result of pairs of times, in milliseconds."""
    ratios = [a.wall / b.wall for a, b in samples]
    low, high = spread(ratios)
    cpu = [a.cpu / b.cpu for a, b in samples if b.cpu > 0]
    ours, floor = (statistics.median(sample.wall for sample in side) * 1000 for side in zip(*samples, strict=True))
    return Result(
        name, ours, floor, statistics.median(ratios), low, high, bound,
        cpu_ratio=statistics.median(cpu) if cpu else None, pairs=len(samples), note=note,
    )  # fmt: skip


def sizes(name: str, pairs: Sequence[tuple[float, float]], bound: float, note: str = "") -> Result:
    """The result of pairs of sizes, in megabytes."""
    ratios = [a / b for a, b in pairs]
    low, high = spread(ratios)
    ours, floor = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Result(name, ours, floor, statistics.median(ratios), low, high, bound, "MB", pairs=len(pairs), note=note)


def spread(values: Sequence[float]) -> tuple[float, float]:
    """The middle nine tenths."""
    ordered = sorted(values)
    cut = len(ordered) // 20
    return ordered[cut], ordered[len(ordered) - 1 - cut]


def against(name: str, values: Sequence[float], limit: float, unit: str, note: str = "") -> Result:
    """A figure held against a fixed limit, as a share of it."""
    low, high = spread(values)
    median = statistics.median(values)
    return Result(
        name, median, limit, median / limit, low / limit, high / limit, 1.0, unit, pairs=len(values), note=note
    )
