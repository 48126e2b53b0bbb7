"""A serial line in memory: the board's port at one end, the laptop's serial port at the other."""


class MemoryLine:
    """Both directions; the board takes `room` bytes at a time, and the line can be cut."""

    def __init__(self, room: int = 64) -> None:
        self.to_board = bytearray()
        self.to_laptop = bytearray()
        self.room = room
        self.is_cut = False

    # The board's end.

    def read_into(self, buffer: bytearray) -> int:
        count = min(len(buffer), len(self.to_board))
        buffer[:count] = self.to_board[:count]
        del self.to_board[:count]
        return count

    def write(self, buffer: bytearray, start: int, end: int) -> int:
        count = min(end - start, self.room)
        self.to_laptop += buffer[start : start + count]
        return count


class BoardBehindLine:
    """The laptop's end; each look at it lets ticks of an app pass."""

    def __init__(self, line, tick) -> None:
        self.line = line
        self._tick = tick

    def read(self, size: int) -> bytes:
        if self.line.is_cut:
            raise OSError("cut")
        self._tick()
        found = bytes(self.line.to_laptop[:size])
        del self.line.to_laptop[:size]
        return found

    def write(self, data: bytes, /) -> int:
        if self.line.is_cut:
            raise OSError("cut")
        self.line.to_board += data
        return len(data)

    def close(self) -> None:
        self.line.to_board.clear()
