"""What the session demands of drives, heaters, relay and servos in a tick."""

# How the drives are used: lifted off the feet, going home, measuring the feet, or following the setpoints.
DRIVE_LIFT, DRIVE_HOME, DRIVE_PROBE, DRIVE_FOLLOW = range(4)


class Demands:
    """Drive mode and heat hold for one tick; relay and servos stay as they are until a state changes them."""

    def __init__(self) -> None:
        self.drive_mode = DRIVE_LIFT
        self.heat_centi_c = 0
        self.wants_relay = False
        self.wants_servos = False

    def power_off(self) -> None:
        """Lift the rollers, switch the heat off and open the relay; the servos stay, so that the presses can lift."""
        self.drive_mode = DRIVE_LIFT
        self.heat_centi_c = 0
        self.wants_relay = False
