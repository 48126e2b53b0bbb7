"""What a chip on the simulated bus offers to the bus."""


class Chip:
    """A chip that answers at `address` (seven bits); `is_silent` = it has lost its power: it acknowledges nothing."""

    def __init__(self, address: int) -> None:
        self.address = address
        self.is_silent = False

    def start(self, is_read: bool) -> None:
        """Begin a transfer: the chip has been addressed."""

    def write(self, value: int) -> bool:
        """Take a byte; return whether it is acknowledged."""
        raise NotImplementedError

    def read(self) -> int:
        """Give a byte."""
        raise NotImplementedError

    def stop(self) -> None:
        """End the transfer."""


class RegisterChip(Chip):
    """A chip whose first written byte is a register's number, and whose number goes on by itself."""

    def __init__(self, address: int) -> None:
        super().__init__(address)
        self.pointer = 0
        self._is_pointer_due = False

    def start(self, is_read: bool) -> None:
        """Begin a transfer; a write begins with the register's number."""
        self._is_pointer_due = not is_read

    def write(self, value: int) -> bool:
        """Take the register's number, then values for it and the next ones."""
        if self._is_pointer_due:
            self._is_pointer_due = False
            self.pointer = value
            return True
        self.write_register(self.pointer, value)
        self.pointer = self.next_register(self.pointer)
        return True

    def read(self) -> int:
        """Give the register's value and go on to the next."""
        value = self.read_register(self.pointer)
        self.pointer = self.next_register(self.pointer)
        return value

    def next_register(self, register: int) -> int:
        """Return the register behind `register`."""
        return (register + 1) & 0xFF

    def write_register(self, register: int, value: int) -> None:
        """Store a value."""
        raise NotImplementedError

    def read_register(self, register: int) -> int:
        """Return a value."""
        raise NotImplementedError


class WordChip(Chip):
    """A chip with registers of two bytes, high byte first; `pointer_mask` has the bits of the pointer that count."""

    def __init__(self, address: int, pointer_mask: int) -> None:
        super().__init__(address)
        self._pointer_mask = pointer_mask
        self._pointer = 0
        self._written: list[int] = []
        self._reads = 0

    def write_word(self, register: int, value: int) -> None:
        """Take a value for a register."""
        raise NotImplementedError

    def read_word(self, register: int) -> int:
        """Return the value of a register."""
        raise NotImplementedError

    def start(self, is_read: bool) -> None:
        """Begin a transfer."""
        self._written.clear()
        self._reads = 0

    def write(self, value: int) -> bool:
        """Take the pointer, then two bytes for the register."""
        self._written.append(value)
        if len(self._written) == 1:
            self._pointer = value & self._pointer_mask
        elif len(self._written) == 3:
            self.write_word(self._pointer, self._written[1] << 8 | self._written[2])
        return True

    def read(self) -> int:
        """Give the register's high byte, then its low byte."""
        value = self.read_word(self._pointer)
        self._reads += 1
        return value >> 8 if self._reads & 1 else value & 0xFF
