"""Write the golden values: `make golden`, after a change of behaviour that is intended."""

from typing import Any

from tests.golden.values import FILE, MADE_ON, as_text, computer, differences, parts, read


def main() -> None:
    """Compute every part, write the file, and print the changed values."""
    before = read() if FILE.exists() else {}
    values: dict[str, Any] = {MADE_ON: computer()}
    changes = 0
    for name, part in parts().items():
        values[name] = part()
        lines = differences(name, before.get(name, {}), values[name])
        changes += len(lines)
        print("\n".join(lines) if lines else f"{name}: as before")
    FILE.write_text(as_text(values), encoding="utf-8")
    print(f"{changes} values have changed; `git diff tests/golden` shows them.")


if __name__ == "__main__":
    main()
