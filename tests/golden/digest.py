"""Name what a value is made of in 16 hexadecimal digits, the same ones in every process."""

import hashlib
import json
from typing import Any

_DIGITS = 16


class Digest:
    """Take bytes piece by piece; `text` names all of them."""

    def __init__(self) -> None:
        self._whole = hashlib.sha256()

    def add(self, piece: bytes) -> None:
        """Take the next bytes."""
        self._whole.update(piece)

    @property
    def text(self) -> str:
        """Return the first digits of the SHA-256."""
        return self._whole.hexdigest()[:_DIGITS]


def digest_of(data: bytes) -> str:
    """Return the digest of some bytes."""
    digest = Digest()
    digest.add(data)
    return digest.text


def digest_of_json(value: Any) -> str:
    """Return the digest of a value that JSON can hold, whatever the order of its keys."""
    return digest_of(json.dumps(value, sort_keys=True).encode())
