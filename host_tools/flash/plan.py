"""Plan the least work that makes a board try an image."""

from dataclasses import dataclass

from ab_boot import CONFIRMED, DUE, NO_SLOT, SLOTS, parse
from host_tools.flash.image import Image
from host_tools.flash.report import BoardReport

# The blocks that littlefs needs beside the file's: its folder's pair, and one written before another is freed.
_SPARE_BLOCKS = 4
_FOLDER_BLOCKS = 2


@dataclass(frozen=True)
class Plan:
    """The changes that put the image into `slot` and make `pointer` name that slot.

    kept: paths in the slot that do not change. source, copied: the slot in use, and paths copied from it.
    incoming: content to send, by path on the board. settled: the pointer's content during the transfer, or empty.
    """

    slot: str
    pointer: str
    settled: str
    kept: list[str]
    source: str
    copied: list[str]
    incoming: dict[str, bytes]
    roots: dict[str, str]
    needed_bytes: int

    @property
    def sent_bytes(self) -> int:
        """Return the number of bytes to send, before packing."""
        return sum(len(data) for data in self.incoming.values())


def plan_for(image: Image, report: BoardReport) -> Plan:
    """Return the plan for a board that does not run `image` yet."""
    current = slot_in_use(report.pointer)
    slot = SLOTS[1] if current == SLOTS[0] else SLOTS[0]
    here = digests_of(report.slots.get(slot, ""))
    there = digests_of(report.slots.get(current, ""))
    wanted = digests_of(image.manifest)
    kept = [path for path in wanted if here.get(path) == wanted[path]]
    copied = [path for path in wanted if path not in kept and there.get(path) == wanted[path]]
    sent = [path for path in wanted if path not in kept and path not in copied]
    # With frozen firmware a file outside the slots is replaced only if the board has an older one.
    roots = image.root_digests
    roots = {name: roots[name] for name in roots if name in report.roots or report.frozen is None}
    roots = {name: digest for name, digest in roots.items() if report.roots.get(name) != digest}
    incoming = {f"/{name}.new": image.roots[name] for name in roots}
    incoming |= {f"/{slot}/{path}": image.files[path] for path in sent}
    return Plan(
        slot=slot,
        pointer=slot + DUE + current,
        settled="" if current == NO_SLOT else current,
        kept=kept,
        source=current,
        copied=copied,
        incoming=incoming,
        roots=roots,
        needed_bytes=_needed_bytes(image, here, set(kept), incoming, report.block_bytes),
    )


def slot_in_use(pointer: str) -> str:
    """Return the slot that a board starts from, or falls back to from a trial; NO_SLOT if there is none."""
    slot, mark, back = parse(pointer)
    return slot if mark == CONFIRMED else back


def digests_of(listing: str) -> dict[str, str]:
    """Return the SHA-256 by path from the lines of a listing."""
    lines = (line.partition("  ") for line in listing.splitlines())
    return {path: digest for digest, _, path in lines}


def _needed_bytes(
    image: Image, here: dict[str, str], kept: set[str], incoming: dict[str, bytes], block_bytes: int
) -> int:
    """Return the maximum of additional bytes that the image needs in the slot."""
    written = [len(data) for path, data in image.files.items() if path not in kept]
    written += [len(data) for path, data in incoming.items() if path.endswith(".new")]
    written.append(len(image.manifest))
    folders = {path.rpartition("/")[0] for path in image.files} if not here else set()
    freed = len(here.keys() - kept)
    blocks = sum(-(-size // block_bytes) for size in written) + _FOLDER_BLOCKS * len(folders) + _SPARE_BLOCKS - freed
    return max(blocks, 0) * block_bytes
