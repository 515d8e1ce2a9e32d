"""Work tells how far it is and stops when nobody wants it any more."""

import pytest

from crm_desktop.services.progress import Cancelled, Progress


def test_steps_are_heard() -> None:
    heard: list[tuple[int, int, str]] = []
    progress = Progress(lambda p: heard.append((p.step, p.total, p.message)))
    progress.report(1, 10, "Reading")
    progress.report(2, 10)
    assert heard == [(1, 10, "Reading"), (2, 10, "Reading")]


def test_a_later_listener_takes_over() -> None:
    first: list[int] = []
    second: list[int] = []
    progress = Progress(lambda p: first.append(p.step))
    progress.report(1, 2)
    progress.listen(lambda p: second.append(p.step))
    progress.report(2, 2)
    assert (first, second) == ([1], [2])


def test_nobody_needs_to_listen() -> None:
    progress = Progress()
    progress.report(5, 10)
    assert progress.step == 5


def test_cancelling_stops_at_the_next_step() -> None:
    heard: list[int] = []
    progress = Progress(lambda p: heard.append(p.step))
    progress.check_cancelled()
    progress.cancel()
    assert progress.cancelled
    with pytest.raises(Cancelled):
        progress.report(1, 2)
    with pytest.raises(Cancelled):
        progress.check_cancelled()
    assert heard == []
