"""A compiled program on its way from the laptop: chunks into memory that was set aside at start-up."""

from instep.stroke.program import MAX_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.session import Session


class Upload:
    """Collect chunks that follow on from 0; `install` lets the session check, take and choose what came."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._image = memoryview(bytearray(MAX_BYTES))
        self._size = 0

    def put(self, at: int, body: bytearray, start: int, end: int) -> bool:
        """Take bytes `start`..`end` of `body` for place `at`; return False for a gap or beyond the room.

        The first chunk overwrites the program that was sent before, so it is given back first.
        """
        if at == 0:
            self._session.selection.drop_uploaded()
            self._size = 0
        if at != self._size or at + end - start > MAX_BYTES:
            return False
        image = self._image
        for place in range(start, end):
            image[at] = body[place]
            at += 1
        self._size = at
        return True

    def is_whole(self, size: int) -> bool:
        """Tell whether just `size` bytes have come."""
        return size == self._size and size > 0

    def install(self) -> None:
        """Check the program as at start-up and choose it; ProgramError says what is wrong."""
        # A view reads as bytes do, in place.
        self._session.selection.take_uploaded(self._image[: self._size])  # type: ignore[arg-type]
