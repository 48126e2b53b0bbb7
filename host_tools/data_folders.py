"""Find the folders of data: in a checkout, or in the copy that an installed wheel carries beside its code."""

from pathlib import Path

_CODE = Path(__file__).resolve().parent

# A wheel has the data here; pyproject.toml and host_tools/wheel_hook.py put it there.
CARRIED = _CODE / "carried"

IS_CHECKOUT = not CARRIED.is_dir()
ROOT = _CODE.parent if IS_CHECKOUT else CARRIED

BOARDS = ROOT / "boards"
FIRMWARE = ROOT / "firmware"
PROGRAMS = FIRMWARE / "programs"
# Where `import instep` finds the firmware's modules; a wheel has them once, as a package.
PACKAGES = FIRMWARE if IS_CHECKOUT else _CODE.parent
PAGE = ROOT / "build" / "page" if IS_CHECKOUT else CARRIED / "page"
PEOPLE = _CODE.parent / "sim" / "people"
WISHES = _CODE.parent / "sim" / "search" / "wishes"
