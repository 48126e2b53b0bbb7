"""The programs of the machine, and which of them is chosen.

Beside the installed programs there is room for one uploaded program: sent by the laptop, kept in memory only.
"""

from instep.stroke.program import Program, ProgramError
from instep.stroke.verify import verify

GENTLE = "gentle"


class Library:
    """Hold verified `programs` in order; `refused` has the error of each image that is left out."""

    def __init__(self, images: "list[bytes]") -> None:
        self.programs: list[Program] = []
        self.refused: list[str] = []
        for image in images:
            try:
                program = Program(image)
                verify(program)
            except ProgramError as error:
                self.refused.append(str(error))
            else:
                self.programs.append(program)
        self._installed_count = len(self.programs)
        self.index = 0

    def is_empty(self) -> bool:
        """Return True if there is no program at all: no session can begin."""
        return not self.programs

    def chosen(self) -> Program:
        """Return the chosen program; raise IndexError if there is none at all."""
        return self.programs[self.index]

    def choose_next(self) -> None:
        """Choose the next program, the first after the last."""
        self.index = (self.index + 1) % len(self.programs)

    def choose(self, name: str) -> bool:
        """Choose the program of that name, the uploaded one first; return False if there is none."""
        for index in range(len(self.programs) - 1, -1, -1):
            if self.programs[index].name == name:
                self.index = index
                return True
        return False

    def has(self, name: str) -> bool:
        """Return True if a program of that name is installed."""
        for index in range(self._installed_count):
            if self.programs[index].name == name:
                return True
        return False

    def is_uploaded_chosen(self) -> bool:
        """Return True if the uploaded program is chosen."""
        return self.index == self._installed_count and not self.is_empty()

    def drop_uploaded(self) -> None:
        """Remove the uploaded program, so that its memory can be reused; no session may run."""
        if len(self.programs) > self._installed_count:
            self.programs.pop()
            if self.index == self._installed_count:
                self.index = 0

    def take_uploaded(self, image: bytes) -> None:
        """Choose an uploaded program, kept until the next upload or power-off; raise ProgramError if it is not valid.

        It must not be called "gentle": a gentle session always plays the installed program of that name.
        """
        uploaded = Program(image)
        verify(uploaded)
        if uploaded.name == GENTLE:
            raise ProgramError("a program sent to the machine must not be called " + GENTLE)
        self.drop_uploaded()
        self.programs.append(uploaded)
        self.index = self._installed_count
