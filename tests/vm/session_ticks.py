"""Sessions of the whole firmware with the heap locked as the board's loop locks it; runs on MicroPython."""

import micropython
from instep import user_events
from instep.axes import ROLLERS, SERVOS_PER_FOOT, TICKS_PER_S
from instep.guard.firmware_check import FirmwareCheck
from instep.people import SKIPPED_TWICE
from instep.session import states
from instep.session.screening import ASK_CARE, ASK_CONSENT, ASK_PHYSICIAN
from instep.stroke.program import PATH
from tests.vm import board

SLOT = "/slot"
LENGTH_UM = 250_000
STOP_COUNTS = -500
# What a roller draws in its homing, against its stop and under way.
STALL_MA = 1_000
RUNNING_MA = 200
# A reading that stays the same is frozen; no multiple of the rollers' number, so that each one's changes.
NOISES_MN = 3
# HEAT held opens the page after 1 s.
HEAT_TICKS = 110
HOLD_TICKS = 5
SLICES = 40
MAX_TICKS = 240 * TICKS_PER_S


def open_file(path):
    """Open an installed file."""
    return open(path, "rb")


def _nothing():
    """Stand in for locking the heap, which only MicroPython can."""


lock = getattr(micropython, "heap_lock", _nothing)
unlock = getattr(micropython, "heap_unlock", _nothing)


class World:
    """Rollers with a stop at their near ends, and feet that press back."""

    def __init__(self, machine, calibration):
        self.machine = machine
        self.zero_us = calibration["press_zero_us"]
        self.us_per_kilo = calibration["press_us_per_kilo"]
        self.spring_mn_per_mm = calibration["spring_mn_per_mm"]
        self.um_per_kilo_counts = calibration["um_per_1024_counts"]
        self.noise_mn = 0
        self.contact_um = (calibration["top_contact_um"], calibration["probe_travel_um"] - 2_000)

    def tick(self):
        """Let 10 ms pass."""
        for roller in range(ROLLERS):
            encoder = self.machine.encoders[roller]
            is_at_stop = encoder.value <= STOP_COUNTS
            encoder.value = max(encoder.value, STOP_COUNTS)
            motor = self.machine.motors[roller]
            motor.value = 0 if motor.speed == 0 else STALL_MA if is_at_stop else RUNNING_MA
            pulse_us = self.machine.servos[roller // 2 * SERVOS_PER_FOOT + roller % 2].value
            travel_um = (pulse_us - self.zero_us) * 1000 // self.us_per_kilo if pulse_us else 0
            place_um = (encoder.value - STOP_COUNTS) * self.um_per_kilo_counts // 1024
            depth_um = travel_um - self.contact_um[roller % 2]
            is_there = depth_um > 0 and place_um < LENGTH_UM
            self.noise_mn = (self.noise_mn + 1) % NOISES_MN
            force_mn = depth_um * self.spring_mn_per_mm // 1000 if is_there else 0
            self.machine.forces[roller].value = force_mn + self.noise_mn


class Run:
    """The firmware and its world; the heap is locked in every tick, and the app locks it in its slack."""

    def __init__(self, calibration, programs):
        self.machine, self.app = board.make(calibration, programs, None, FirmwareCheck(SLOT, open_file))
        self.world = World(self.machine, calibration)
        self.seen = [False] * states.STATES

    def tick(self):
        """Let one tick pass, with its slack; a slice that fails would be tried without end."""
        lock()
        self.app.tick()
        unlock()
        for _ in range(SLICES):
            if not self.app.slack():
                break
        self.world.tick()
        self.seen[self.app.session.state] = True

    def press(self, button):
        """Press a button and let it go."""
        for mask in (button, 0):
            self.machine.buttons.value = mask
            for _ in range(HOLD_TICKS):
                self.tick()

    def until(self, state):
        """Let time pass until the session is in a state, or stopped by a fault."""
        for _ in range(MAX_TICKS):
            if self.app.session.state == state or self.app.guard.fault:
                return
            self.tick()

    def begin(self):
        """Pass the screening."""
        self.press(user_events.START)
        self.answer(ASK_PHYSICIAN)
        self.until(states.SELFTEST)

    def answer(self, *yes):
        """Answer the questions: *yes* to some of them."""
        while self.app.session.state == states.SCREENING:
            question = self.app.session.status.screening.question
            self.press(user_events.PLUS if question in yes else user_events.MINUS)

    def end(self):
        """Return the state, the fault and the newest entry of the journal, once all is kept."""
        for _ in range(3 * TICKS_PER_S):
            self.tick()
        guard = self.app.guard
        entry = self.app.store.journal.session(0)
        seen = [states.NAMES[state] for state in range(states.STATES) if self.seen[state]]
        return {"state": self.app.session.state, "fault": guard.fault, "entry": entry, "seen": seen}


def whole(calibration, programs):
    """Go through a session with a pause, changed levels and a late tick."""
    run = Run(calibration, programs)
    run.begin()
    run.until(states.WARM)
    run.press(user_events.START)
    run.until(states.RUN)
    for button in (user_events.PLUS, user_events.HEAT, user_events.START):
        run.press(button)
    for _ in range(2 * TICKS_PER_S):
        run.tick()
    run.press(user_events.START)
    run.app.note_late_ticks(1)
    run.until(states.DONE)
    return run.end()


def faulty(calibration, programs):
    """Lose a heat sensor in a session, then press the emergency stop."""
    run = Run(calibration, programs)
    run.begin()
    run.until(states.WARM)
    run.machine.skins[0].value = 32_767
    for _ in range(TICKS_PER_S):
        run.tick()
    run.machine.emergency_stop.value = True
    for _ in range(TICKS_PER_S):
        run.tick()
    return run.end()


def page(calibration, programs):
    """Change every row of the page of choices, and begin to clean with its last one; then let a foot in."""
    run = Run(calibration, programs)
    for switch in run.machine.foot_switches:
        switch.value = False
    run.machine.buttons.value = user_events.HEAT
    for _ in range(HEAT_TICKS):
        run.tick()
    run.press(0)
    for _ in range(6):
        for button in (user_events.PLUS, user_events.PROGRAM):
            run.press(button)
    run.press(user_events.PLUS)
    for _ in range(3 * TICKS_PER_S):
        run.tick()
    cleaning = run.app.jog.state
    run.machine.foot_switches[0].value = True
    for _ in range(5 * TICKS_PER_S):
        run.tick()
    return {
        "fault": run.app.guard.fault,
        "cleaning": cleaning,
        "after": run.app.jog.state,
        "settings": run.app.store.settings.shown(),
    }


def skipping(calibration, programs):
    """Skip a technique in a session and leave it out on the page."""
    run = Run(calibration, programs)
    people = run.app.session.selection.people
    people.put(SKIPPED_TWICE, 1 << PATH)
    run.begin()
    run.until(states.WARM)
    run.press(user_events.START)
    run.until(states.RUN)
    run.press(user_events.PROGRAM)
    run.until(states.DONE)
    run.press(user_events.START)
    offered = people.get(SKIPPED_TWICE)
    for button in (user_events.HEAT, 0):
        run.machine.buttons.value = button
        for _ in range(HEAT_TICKS):
            run.tick()
    for button in (user_events.MINUS, user_events.PLUS, user_events.PROGRAM):
        run.press(button)
    for _ in range(5 * TICKS_PER_S):
        run.tick()
    return {"fault": run.app.guard.fault, "offered": offered, "settings": run.app.store.settings.shown()}


def menu(calibration, programs):
    """Press everything that the menu knows, be refused, then need care: `gentle` takes the program's place."""
    run = Run(calibration, programs)
    for button in (user_events.PROGRAM, user_events.HEAT, user_events.PLUS, user_events.MINUS, user_events.PROGRAM):
        run.press(button)
    for button in (user_events.START, user_events.PLUS, user_events.PLUS):
        run.press(button)
    seen_refused = run.app.session.state == states.REFUSED
    run.press(user_events.START)
    run.press(user_events.START)
    run.answer(ASK_PHYSICIAN, ASK_CARE, ASK_CONSENT)
    run.until(states.WARM)
    title = bytes(run.app.session.selection.title)
    run.press(user_events.STOP)
    run.until(states.DONE)
    said = run.end()
    run.machine.buttons.value = user_events.STOP
    run.until(states.OFF)
    run.press(user_events.START)
    said.update({"refused": seen_refused, "title": title, "off": run.seen[states.OFF]})
    return said
