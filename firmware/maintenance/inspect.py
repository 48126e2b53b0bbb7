"""Report the board and its files to the laptop, as one line of JSON."""

import json
import os
import sys

from maintenance.tree import MANIFEST, POINTER, REASON, SLOTS, listing, read_text, sha256_of, sha256_of_text


def inspect(digest: str, roots: "dict[str, str]") -> bool:
    """Print the report; return True if the started slot has `digest` and all `roots` are there.

    Otherwise the report lists every file.
    digest: SHA-256 of the wanted firmware's listing; roots: SHA-256 of every file outside the slots, by name.
    """
    pointer = read_text(POINTER)
    current = _sound_listing(pointer) if pointer in SLOTS else ""
    found = _digests_of_root(roots)
    is_same = sha256_of_text(current) == digest and found == roots
    report = {"instep": "board", "pointer": pointer, "is_same": is_same, "reason": read_text(REASON)}
    report.update(_board())
    if not is_same:
        report["slots"] = {slot: listing("/" + slot) for slot in SLOTS}
        report["roots"] = found
    print(json.dumps(report))
    return is_same


def _sound_listing(slot: str) -> str:
    """Return a slot's listing; empty if its manifest differs."""
    text = listing("/" + slot)
    return text if read_text("/" + slot + "/" + MANIFEST) == text else ""


def _digests_of_root(names: "dict[str, str]") -> "dict[str, str]":
    present = os.listdir("/")
    return {name: sha256_of("/" + name) for name in names if name in present}


def _board() -> "dict[str, object]":
    implementation = sys.implementation
    block_bytes, _, _, free_blocks = os.statvfs("/")[:4]
    return {
        "python": implementation.name,
        "version": list(implementation.version[:3]),
        "machine": implementation._machine,
        "mpy": implementation._mpy,
        "block_bytes": block_bytes,
        "free_bytes": block_bytes * free_blocks,
    }
