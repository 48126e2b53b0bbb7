"""Show a recording as one HTML page with pictures, or as one picture."""

from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

from host_tools.errors import InstepError
from host_tools.html import pictures as style
from host_tools.result_file import result_file, write_result
from host_tools.trace.recording import Recording
from sim.report import bound_pictures, dose_picture, picture, reading, stroke_pictures, timeline, words
from sim.report.page import Picture, page

_PNG_DPI = 100
_PICTURE_SUFFIXES = (".png", ".svg")


class ReportError(InstepError, ValueError):
    """A report or picture that cannot be written; the text says why in plain words."""


def write_report(recording: Recording, path: str | Path) -> None:
    """Write the session's report as one HTML page, whole or not at all; the same recording gives the same bytes.

    Raise ResultFileError if the file cannot be written.
    """
    write_result(path, page(recording, _pictures(recording)).encode())


def session_picture(recording: Recording, path: str | Path) -> None:
    """Write the session as one wide picture (1200 x 500), .png or .svg by the name; else raise ReportError."""
    suffix = Path(path).suffix.lower()
    if suffix not in _PICTURE_SUFFIXES:
        raise ReportError(
            f"cannot tell the picture's format from {Path(path).name!r}", "End the name in .png or .svg."
        )
    metadata = style.NO_DATES if suffix == ".svg" else {"Software": None}
    with style.drawing(text_as_paths=True), result_file(path) as stream:
        figure = picture.session_figure(recording)
        figure.savefig(stream, format=suffix[1:], dpi=_PNG_DPI, metadata=metadata)


def _pictures(recording: Recording) -> list[Picture]:
    if len(recording.tick) == 0 or recording.summary.get("result") == "refused":
        return []
    legend = tuple(reading.techniques_given(recording))
    pictures = [
        _drawn(
            timeline.timeline,
            recording,
            "Time line",
            "The states of the session and the techniques on each foot. A tick under a bar is the start of a stroke.",
            legend,
        )
    ]
    if recording.summary.get("result") not in words.SHORT_RESULTS:
        pictures += _massage(recording, legend)
    return pictures


def _massage(recording: Recording, legend: tuple[str, ...]) -> list[Picture]:
    return [
        _drawn(
            dose_picture.dose_picture,
            recording,
            "Pressure dose",
            "Force times time on each square centimetre. Soles are drawn as footprints. "
            "The numbers on the toes count pulls, those between the toes slides.",
        ),
        _drawn(
            stroke_pictures.overview,
            recording,
            "Strokes",
            "The position of each roller between the tips of the toes and the ankle or heel. The toe rows step "
            "from the big to the little toe.",
            legend,
        ),
        _drawn(
            stroke_pictures.close_ups,
            recording,
            "One stroke of each technique",
            "Out firm and slow, back lighter. Solid: true position and force; dashed: set position.",
        ),
        _drawn(
            bound_pictures.force,
            recording,
            "Force and its limits",
            "The true force under each roller, and the force that the program sets.",
        ),
        _drawn(
            bound_pictures.temperature,
            recording,
            "Temperature and its limits",
            "The skin side of each well, the foot in it, and the heater element below.",
        ),
    ]


def _drawn(
    draw: Callable[[Recording], Figure],
    recording: Recording,
    heading: str,
    caption: str,
    legend: tuple[str, ...] = (),
) -> Picture:
    with style.drawing():
        svg = style.to_svg(draw(recording), f"{heading}. {caption}")
    return Picture(heading, caption, svg, legend)
