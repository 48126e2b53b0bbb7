"""The programs at hand, and the one that is chosen.

Beside its own, the machine plays one guest: a program that the laptop has sent, kept in memory only.
"""

from instep.stroke.program import Program, ProgramError
from instep.stroke.verify import verify

GENTLE = "gentle"


class Library:
    """Hold verified `programs` in order; `refused` says what was wrong with each image that is left out."""

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
        self._own_count = len(self.programs)
        self.index = 0

    def is_empty(self) -> bool:
        """Tell whether there is no program at all: no session can begin."""
        return not self.programs

    def chosen(self) -> Program:
        """Return the chosen program; IndexError when there is none at all."""
        return self.programs[self.index]

    def choose_next(self) -> None:
        """Choose the next program, the first after the last."""
        self.index = (self.index + 1) % len(self.programs)

    def choose(self, name: str) -> bool:
        """Choose the program of that name, a guest before another; return False when there is none."""
        for index in range(len(self.programs) - 1, -1, -1):
            if self.programs[index].name == name:
                self.index = index
                return True
        return False

    def has(self, name: str) -> bool:
        """Tell whether there is a program of that name that is no guest."""
        for index in range(self._own_count):
            if self.programs[index].name == name:
                return True
        return False

    def is_uploaded_chosen(self) -> bool:
        """Tell whether the program that was sent is the chosen one."""
        return self.index == self._own_count and not self.is_empty()

    def drop_uploaded(self) -> None:
        """Forget the guest, whose memory may then be used for something else; no session may run."""
        if len(self.programs) > self._own_count:
            self.programs.pop()
            if self.index == self._own_count:
                self.index = 0

    def take_uploaded(self, image: bytes) -> None:
        """Take a program that stays until the next guest comes or the power goes, and choose it; ProgramError.

        What screening falls back to is not replaced: a guest may not be called so.
        """
        uploaded = Program(image)
        verify(uploaded)
        if uploaded.name == GENTLE:
            raise ProgramError("a program sent to the machine must not be called " + GENTLE)
        self.drop_uploaded()
        self.programs.append(uploaded)
        self.index = self._own_count
