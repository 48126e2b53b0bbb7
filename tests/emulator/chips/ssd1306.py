"""The display SSD1306 (Solomon Systech, revision 1.1), 128 x 64: its memory, as commands and data fill it."""

from PIL import Image

from tests.emulator.chips.chip import Chip

WIDTH = 128
PAGES = 8

_MORE_COMMANDS = 0x80
_DATA = 0x40
_HORIZONTAL = 0
_VERTICAL = 1
# Bytes that follow a command.
_ARGUMENTS = {0x20: 1, 0x21: 2, 0x22: 2, 0x81: 1, 0x8D: 1, 0xA8: 1, 0xD3: 1, 0xD5: 1, 0xD9: 1, 0xDA: 1, 0xDB: 1}
_ARGUMENTS |= {0x26: 6, 0x27: 6, 0x29: 5, 0x2A: 5, 0xA3: 2}


class Ssd1306(Chip):
    """The display; `is_on`, `is_charged` (its charge pump) and what its memory shows, the right way up."""

    def __init__(self, address: int) -> None:
        super().__init__(address)
        self.memory = bytearray(WIDTH * PAGES)
        self.data_bytes = 0
        self.unknown: list[int] = []
        self.power_up()

    def power_up(self) -> None:
        """Take the values after reset (8.5); the memory keeps what it has."""
        self.is_on = self.is_charged = self.is_inverted = False
        self.is_mirrored = self.is_flipped = False
        self._mode = 2
        self._columns = (0, WIDTH - 1)
        self._pages = (0, PAGES - 1)
        self._column = self._page = 0
        self._command: list[int] = []

    def start(self, is_read: bool) -> None:
        """Begin a transfer: a control byte comes first."""
        self._control: int | None = None

    def write(self, value: int) -> bool:
        """Take a control byte, a command or data (8.1.5.2)."""
        if self._control is None:
            self._control = value
        elif self._control & _DATA:
            self._store(value)
            self._after_one()
        else:
            self._take(value)
            self._after_one()
        return True

    def _after_one(self) -> None:
        if self._control is not None and self._control & _MORE_COMMANDS:
            self._control = None

    def read(self) -> int:
        """Give the status: bit 6 is set while the display is off."""
        return 0 if self.is_on else 0x40

    def _take(self, value: int) -> None:
        self._command.append(value)
        first = self._command[0]
        if len(self._command) <= _ARGUMENTS.get(first, 0):
            return
        arguments, self._command = self._command[1:], []
        self._obey(first, arguments)

    def _obey(self, command: int, arguments: list[int]) -> None:
        if command <= 0x0F:
            self._column = self._column & 0xF0 | command
        elif command <= 0x1F:
            self._column = (self._column & 0x0F | (command & 0x0F) << 4) % WIDTH
        elif command == 0x20:
            self._mode = arguments[0] & 3
        elif command == 0x21:
            self._columns = (arguments[0] & 0x7F, arguments[1] & 0x7F)
            self._column = self._columns[0]
        elif command == 0x22:
            self._pages = (arguments[0] & 7, arguments[1] & 7)
            self._page = self._pages[0]
        elif 0xB0 <= command <= 0xB7:
            self._page = command & 7
        else:
            self._set(command, arguments)

    def _set(self, command: int, arguments: list[int]) -> None:
        if command in (0xA0, 0xA1):
            self.is_mirrored = command == 0xA1
        elif command in (0xC0, 0xC8):
            self.is_flipped = command == 0xC8
        elif command in (0xAE, 0xAF):
            self.is_on = command == 0xAF
        elif command in (0xA6, 0xA7):
            self.is_inverted = command == 0xA7
        elif command == 0x8D:
            self.is_charged = bool(arguments[0] & 4)
        elif command not in _ARGUMENTS and not 0x40 <= command <= 0x7F and command not in (0xA4, 0xE3, 0x2E):
            self.unknown.append(command)

    def _store(self, value: int) -> None:
        self.memory[self._page * WIDTH + self._column] = value
        self.data_bytes += 1
        first, last = self._columns
        if self._mode == _VERTICAL:
            if not self._next_page():
                return
            self._column = first if self._column == last else (self._column + 1) % WIDTH
        elif self._column != last:
            self._column = (self._column + 1) % WIDTH
        else:
            self._column = first
            if self._mode == _HORIZONTAL:
                self._next_page()

    def _next_page(self) -> bool:
        """Go on to the next page; return whether the last had been reached."""
        first, last = self._pages
        is_last = self._page == last
        self._page = first if is_last else (self._page + 1) % PAGES
        return is_last

    def picture(self) -> Image.Image:
        """Return what a module shows whose glass is mounted for A1 and C8, as they all are; black when it is off."""
        picture = Image.new("1", (WIDTH, 8 * PAGES))
        if not (self.is_on and self.is_charged) or self.is_silent:
            return picture
        for y in range(8 * PAGES):
            for x in range(WIDTH):
                column = x if self.is_mirrored else WIDTH - 1 - x
                row = y if self.is_flipped else 8 * PAGES - 1 - y
                is_lit = bool(self.memory[row // 8 * WIDTH + column] >> row % 8 & 1)
                picture.putpixel((x, y), int(is_lit != self.is_inverted))
        return picture
