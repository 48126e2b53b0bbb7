"""The programs at hand, and the one that is chosen."""

from instep.stroke.program import Program
from instep.stroke.verify import verify

GENTLE = "gentle"


class Library:
    """Hold verified `programs` in order; raise ProgramError for a damaged one."""

    def __init__(self, images: "list[bytes]") -> None:
        self.programs = []
        for image in images:
            program = Program(image)
            verify(program)
            self.programs.append(program)
        self._index = 0

    def chosen(self) -> Program:
        """Return the chosen program."""
        return self.programs[self._index]

    def choose_next(self) -> None:
        """Choose the next program, the first after the last."""
        self._index = (self._index + 1) % len(self.programs)

    def choose(self, name: str) -> bool:
        """Choose the program of that name; return False when there is none."""
        for index in range(len(self.programs)):
            if self.programs[index].name == name:
                self._index = index
                return True
        return False
