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
