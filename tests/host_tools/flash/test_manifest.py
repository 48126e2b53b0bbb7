"""The manifest freezes the firmware into a MicroPython image."""

from host_tools.data_folders import FIRMWARE

ROOT = FIRMWARE.parent


def test_the_manifest_freezes_the_firmware_and_the_chooser():
    frozen = []

    def take(kind):
        return lambda path, base_path="", opt=None: frozen.append((kind, path, base_path, opt))

    functions = {kind: take(kind) for kind in ("include", "package", "module")}
    exec((ROOT / "manifest.py").read_text(), functions)
    assert [(kind, path) for kind, path, _, _ in frozen[1:]] == [("package", "instep"), ("module", "ab_boot.py")]
    assert all((ROOT / base / path).exists() and opt == 3 for _, path, base, opt in frozen[1:])
