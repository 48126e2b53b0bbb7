"""Draw the picture of a session for the README; `make picture` runs this module."""

from pathlib import Path

from sim.columns import recording_of
from sim.factory import prepare
from sim.report import session_picture
from sim.summary import summarise

PICTURE = Path(__file__).parent / "report" / "classic.png"


def main() -> None:
    """Simulate the classic session of the average person and draw it."""
    simulation = prepare()
    simulation.run_out()
    session_picture(recording_of(simulation, summarise(simulation, wall_s=0.0)), PICTURE)
    print(f"The picture is {PICTURE}.")


if __name__ == "__main__":
    main()
