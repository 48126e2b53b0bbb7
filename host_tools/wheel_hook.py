"""Let hatchling add the built page to a wheel; without a built page the wheel has none, and `instep page` says so."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PAGE = Path("build") / "page"


class WheelHook(BuildHookInterface):  # type: ignore[type-arg] # hatchling's own parameter is of no use here
    """Add `build/page`, which `make page` makes; an editable installation reads it from the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Include the page's folder."""
        page = Path(self.root) / _PAGE
        if version != "editable" and (page / "index.html").is_file():
            build_data["force_include"][str(page)] = "host_tools/carried/page"
