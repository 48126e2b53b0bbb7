"""Collect a compiled program in chunks, in memory that is allocated at start-up."""

from instep.stroke.program import MAX_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.session import Session


class Upload:
    """Collect chunks that follow on from each other; `install` gives the program to the session."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._image = memoryview(bytearray(MAX_BYTES))
        self._size = 0

    def put(self, at: int, body: bytearray, start: int, end: int) -> bool:
        """Copy bytes `start`..`end` of `body` to offset `at`; return False for a gap or beyond the buffer's end.

        The first chunk overwrites the program that was uploaded before, so the session drops that one first.
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
        """Return True if exactly `size` bytes have been collected."""
        return size == self._size and size > 0

    def install(self) -> None:
        """Check the program as at start-up and choose it; raise ProgramError for a violation."""
        # A memoryview is read like bytes, without a copy.
        self._session.selection.take_uploaded(self._image[: self._size])  # type: ignore[arg-type]
