"""The power fails at every point of everything that the running firmware writes: nothing is lost, nothing moves."""

import pytest

from instep import user_events
from instep.guard import faults
from instep.session import outcome
from sim.answers import HEALTHY
from sim.filesystem import installed_filesystem
from tests.fakes import FakeHal
from tests.firmware.sessions import image
from tests.firmware.test_app import Bench
from tests.keep_disk import FakeDisk, PowerCut

KEPT_TICKS = 420
# Most of a record's points are bytes of one write, all alike: so many of them are left out between two.
STRIDE = 7
IN_USE, CHOSEN = 2, 3


def boot(files, cut=None):
    disk = FakeDisk(files, cut, keeps_part=True)
    return Bench(FakeHal(), disk, [image("classic"), image("gentle")])


def choose(bench):
    """Choose another intensity and let it be kept."""
    bench.press(user_events.PLUS)
    bench.ticks(KEPT_TICKS)


def massage(bench):
    """Choose, begin a session at once, stop it in its self-test; both ends of it are kept."""
    bench.press(
        user_events.PLUS,
        user_events.START,
        *HEALTHY,
    )
    bench.until("self-test")
    bench.ticks(50)
    bench.press(user_events.STOP)
    bench.until("done")
    bench.ticks(KEPT_TICKS)


def points_of(story):
    """Return how many cut points the story has."""
    bench = boot(dict(installed_filesystem().files))
    story(bench)
    return bench.disk.points


def cut(story, point):
    """Let the power fail in a story; return the machine after the next boot, and whether a session was on."""
    files = dict(installed_filesystem().files)
    bench = boot(files, point)
    with pytest.raises(PowerCut):
        story(bench)
    assert bench.hal.is_powered_off() and not bench.hal.relay.is_closed, "nothing is written while anything moves"
    has_begun = any(bench.hal.relay.given)
    after = boot(files)
    assert after.app.guard.notices.first() == faults.NO_FAULT
    after.ticks(50)
    assert after.state == "idle" and after.hal.is_powered_off() and not any(after.hal.relay.given)
    return after, has_begun


@pytest.mark.parametrize("story", [choose, massage])
def test_a_power_cut_at_every_point_leaves_the_old_or_the_new_and_nothing_moves(story, record_property):
    points = points_of(story)
    seen = set()
    tried = [point for point in range(points) if point % STRIDE == 0 or point > points - 20]
    for point in tried:
        after, has_begun = cut(story, point)
        journal = after.app.store.journal
        results = tuple(journal.session(back)["result"] for back in range(journal.session_count()))
        intensity = after.app.session.selection.choices.intensity
        seen.add((intensity, results))
        assert intensity == CHOSEN or not has_begun
        assert results or not has_begun, "a session that has moved anything is in the journal"
    if story is choose:
        assert seen == {(IN_USE, ()), (CHOSEN, ())}
    else:
        ended = (outcome.RESULT_INTERRUPTED,), (outcome.RESULT_STOPPED,)
        assert seen >= {(IN_USE, ()), (CHOSEN, ended[0]), (CHOSEN, ended[1])}
    record_property(
        "figure", f"power cut points tried in the running firmware ({story.__name__}): {len(tried)}; lost 0"
    )
