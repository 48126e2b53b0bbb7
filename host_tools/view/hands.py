"""What a person can do to a machine beside pressing its buttons, as the live view offers it on keys."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Act:
    """One deed: its key, its name, its label in the line of keys, its meaning in the help."""

    key: str
    name: str
    label: str
    meaning: str


class Hands(Protocol):
    """Somebody who can do `acts` to a machine."""

    @property
    def acts(self) -> tuple[Act, ...]:
        """Return what can be done."""

    def act(self, name: str) -> str:
        """Do the act of that name; return what has happened, in a sentence."""
