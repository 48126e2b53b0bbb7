"""Leave maintenance mode: the board resets and starts what its pointer says."""

import time

_LET_GO_MS = 100  # so that the laptop can close the connection


def restart() -> None:
    """Reset into the firmware, even if maintenance was requested again meanwhile."""
    import machine

    try:
        import ab_boot
    except ImportError:
        pass
    else:
        ab_boot.take_maintenance()
    time.sleep_ms(_LET_GO_MS)
    machine.reset()
