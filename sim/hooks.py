"""The places in a simulated tick where something outside the simulation may act or look."""


class Hook:
    """Take part in every tick of the simulation that the hook is attached to; the methods here do nothing.

    Order of a tick: `before_tick`, the firmware, `before_step`, the plant, `after_step`.
    """

    @property
    def is_waiting(self) -> bool:
        """Return True while the simulation must go on although its session has ended."""
        return False

    def before_tick(self) -> None:
        """Act before the firmware reads its inputs."""

    def before_step(self) -> None:
        """Act between the firmware's outputs and the plant."""

    def after_step(self) -> None:
        """Act after the plant's step; hooks are called in reverse order, so that each undoes its own change."""
