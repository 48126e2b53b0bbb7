"""What holds for every valid program, fit, level, pause and stop."""

from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.program.timing import Case, program_ticks
from instep.axes import HOME
from instep.levels import FORCE_PERMILLE, PACE_PERMILLE
from instep.stroke.foot_scaling import FOOT_MAX_UM, FOOT_MIN_UM
from instep.stroke.program import Program
from instep.stroke.scheduler import IDLE, PAUSED, RUNNING
from instep.stroke.verify import verify
from tests.firmware.playing import BOTH, PRESS_MAX_MN, Play
from tests.setpoint_record import Record
from tests.strategies import programs

LENGTHS = st.integers(FOOT_MIN_UM, FOOT_MAX_UM)
INTENSITIES = st.integers(1, 5)
PACES = st.integers(1, 3)
COMMANDS = ("pause", "resume", "stop", "finish", "next_technique", "stay", "again")

HOME_BOTH = list(HOME) * 2


@settings(max_examples=60)
@given(programs(), LENGTHS, LENGTHS, INTENSITIES, PACES)
def test_setpoints_stay_inside_every_limit_and_end_at_home(drawn, left_um, right_um, intensity, pace):
    program = Program(drawn[1])
    verify(program)
    play = Play(program, left_um, right_um, intensity=intensity, pace=pace)
    record = Record()
    while play.scheduler.state != IDLE:
        play.step_on(record)
    record.judge()
    assert play.setpoints == HOME_BOTH
    assert play.scheduler.is_finished


@settings(max_examples=60)
@given(
    programs(),
    LENGTHS,
    LENGTHS,
    st.sampled_from([1, 2, 3]),
    st.lists(st.tuples(st.integers(1, 4_000), st.sampled_from(COMMANDS), INTENSITIES, PACES), max_size=8),
)
def test_no_command_at_any_moment_breaks_a_limit(drawn, left_um, right_um, mask, commands):
    play = Play(Program(drawn[1]), left_um, right_um, feet_mask=mask)
    if not play.has_strokes:
        return
    record = Record()
    for ticks, command, intensity, pace in commands:
        for _ in range(ticks):
            play.step_on(record)
        getattr(play.scheduler, command)()
        play.set_levels(intensity, pace)
    play.scheduler.stop()
    while play.scheduler.state != IDLE:
        play.step_on(record)
    record.judge()
    assert play.setpoints == HOME_BOTH


@settings(max_examples=60)
@given(programs(), LENGTHS, LENGTHS, INTENSITIES, PACES)
def test_the_checkers_promise_of_the_duration_is_what_the_scheduler_takes(drawn, left_um, right_um, intensity, pace):
    program = Program(drawn[1])
    levels = (max(left_um, right_um), FORCE_PERMILLE[intensity - 1], PRESS_MAX_MN, PACE_PERMILLE[pace - 1])
    left, right = Case(left_um, *levels), Case(right_um, *levels)
    promised = program_ticks(program, left, right, False) + program_ticks(program, left, right, True)
    assert Play(program, left_um, right_um, BOTH, intensity, pace).run_out() == promised


@settings(max_examples=40)
@given(programs(), LENGTHS, st.integers(1, 3_000), st.integers(0, 500))
def test_a_pause_delays_the_setpoints_and_changes_none(drawn, length_um, pause_at, pause_ticks):
    plain = Play(Program(drawn[1]), length_um, length_um)
    plain.run_out()
    play = Play(Program(drawn[1]), length_um, length_um)
    while play.scheduler.state == RUNNING and play.ticks < pause_at:
        play.step()
    play.scheduler.pause()
    play.run_until(lambda: play.scheduler.state in (PAUSED, IDLE))
    play.run(pause_ticks)
    play.scheduler.resume()
    play.run_out()
    given_ = [player.given for player in play.scheduler.players]
    assert given_ == [player.given for player in plain.scheduler.players]
    assert play.setpoints == HOME_BOTH
