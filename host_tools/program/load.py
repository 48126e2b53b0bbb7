"""Find and read program files, by a shipped name or a path, as TOML or compiled."""

from dataclasses import dataclass
from pathlib import Path

from host_tools.data_folders import PROGRAMS
from host_tools.errors import InstepError
from host_tools.program.check import check_text
from host_tools.program.compile import compile_program
from host_tools.program.decompile import NotCompiledHereError, decompile
from host_tools.program.model import Program
from host_tools.program.toml_text import to_toml
from host_tools.program.violations import ProgramFileError
from host_tools.source_file import decode_source, read_source
from instep.stroke.program import MAGIC, ProgramError
from instep.stroke.program import Program as CompiledProgram
from instep.stroke.verify import verify

SHIPPED = PROGRAMS
SUFFIX = ".toml"


@dataclass(frozen=True)
class Loaded:
    """A checked program, its compiled form and the file it came from."""

    program: Program
    data: bytes
    path: Path


def shipped() -> tuple[str, ...]:
    """Return the names of the programs that come with Instep."""
    return tuple(sorted(path.stem for path in SHIPPED.glob(f"*{SUFFIX}")))


def is_shipped(path: Path) -> bool:
    """Return True if a file is one of the programs that come with Instep."""
    return path.stem in shipped() and path.resolve() == find(path.stem).resolve()


def load_program(name_or_path: str) -> Loaded:
    """Return a checked program file; raise InstepError (ProgramFileError for broken rules)."""
    path = find(name_or_path)
    data = read_file(path)
    if is_compiled(data):
        advice = f"Give the {SUFFIX} file, or read this one with: instep program show {path}"
        raise InstepError(f"{path} is a compiled program, not a program file.", advice)
    program = check_text(decode_source(data, path), str(path))
    return Loaded(program, compile_program(program), path)


def find(name_or_path: str) -> Path:
    """Return the path of a shipped name, or the path itself."""
    return SHIPPED / f"{name_or_path}{SUFFIX}" if name_or_path in shipped() else Path(name_or_path)


def read_file(path: Path) -> bytes:
    """Return the bytes of a program file, compiled or not; raise InstepError if the file cannot be read."""
    return read_source(path, "program", f"Give a {SUFFIX} file or one of: {', '.join(shipped())}.")


def is_compiled(data: bytes) -> bool:
    """Return True if the bytes begin as a compiled program does."""
    return data.startswith(MAGIC)


def read_compiled(data: bytes, file: str) -> str:
    """Return the TOML text that compiles to a compiled program; raise InstepError. `file` is the program's name."""
    try:
        compiled = CompiledProgram(data)
        verify(compiled)
        program = decompile(compiled)
        text = to_toml(program)
        is_same = compile_program(check_text(text, file)) == data
    except ProgramError as error:
        raise InstepError(f"{file}: {error}.", "Build it again from its program file.") from error
    except (NotCompiledHereError, ProgramFileError) as error:
        raise InstepError(f"{file}: {error}.", "Another tool made it; it has no program file.") from error
    if not is_same:
        raise InstepError(f"{file}: no program file compiles to it.", "Another tool made it.")
    return text
