"""Write the wiring drawings and lists of the shipped boards; `make wiring` runs it, a test compares the result."""

from pathlib import Path

from host_tools.board.drawing import draw
from host_tools.board.listing import markdown
from host_tools.board.load import load_board, shipped
from host_tools.data_folders import BOARDS

README = BOARDS / "README.md"
LISTED = "pico"
_BEGIN = "<!-- made by `make wiring` from pico/board.toml -->\n"
_END = "<!-- end of what is made -->\n"


def documents() -> dict[Path, str]:
    """Return the content of every generated file, by its path."""
    made: dict[Path, str] = {}
    for name in shipped():
        loaded = load_board(name)
        made[loaded.path.with_name("wiring.svg")] = draw(loaded.wiring).as_svg()
    made[README] = _readme(README.read_text(encoding="utf-8"))
    return made


def _readme(text: str) -> str:
    """Return the README with newly generated lists; raise ValueError if the marks around them are missing."""
    before, rest = text.split(_BEGIN)
    _, after = rest.split(_END)
    return f"{before}{_BEGIN}\n{markdown(load_board(LISTED).wiring)}\n{_END}{after}"


def main() -> None:
    """Write every generated file."""
    for path, content in documents().items():
        path.write_text(content, encoding="utf-8")
        print(f"Made {path.relative_to(BOARDS.parent)}.")


if __name__ == "__main__":
    main()
