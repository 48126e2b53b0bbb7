"""Report the board and its files to the laptop, as one line of JSON."""

import json
import os
import sys

from maintenance.tree import MANIFEST, POINTER, REASON, SLOTS, listing, read_text, sha256_of, sha256_of_text


def inspect(whole: "tuple[str, dict[str, str]]", data: "tuple[str, dict[str, str]]") -> bool:
    """Print the report; return True if the started slot is as wanted, and so are the files outside the slots.

    Otherwise the report lists every file.
    whole: SHA-256 of the wanted slot's listing, and of every file outside the slots, by name; data: the same for a
    board with frozen firmware, whose files outside the slots may be missing.
    """
    frozen = _frozen()
    digest, roots = data if frozen else whole
    pointer = read_text(POINTER)
    current = _sound_listing(pointer) if pointer in SLOTS else ""
    found = _digests_of_root(roots)
    wanted = {name: roots[name] for name in found} if frozen else roots
    is_same = sha256_of_text(current) == digest and found == wanted
    report = {"instep": "board", "pointer": pointer, "is_same": is_same, "reason": read_text(REASON)}
    report["frozen"] = frozen
    report.update(_board())
    if not is_same:
        report["slots"] = {slot: listing("/" + slot) for slot in SLOTS}
        report["roots"] = found
    print(json.dumps(report))
    return is_same


def _frozen() -> "list[str]":
    """Return version and digest of the firmware in MicroPython's own image; empty if it has none."""
    try:
        mark = __import__("instep_frozen")  # which MicroPython's build gets from host_tools/flash/freeze.py
    except ImportError:
        return []
    return [mark.VERSION, mark.DIGEST]


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
