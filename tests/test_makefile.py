"""What the Makefile shows while it installs."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAID = "Collecting numpy==2.4.1 (from instep)\n  Using cached numpy\nCollecting click\n"


@pytest.mark.parametrize(("last", "code"), [("Installing collected packages: click\n", 0), ("FAILED\n", 1)])
def test_it_counts_what_is_installed_and_fails_with_it(last, code):
    recipe = "progress:\n\t@awk '$(PROGRESS)' || echo code $$?"
    command = ("make", "--silent", "--eval", recipe, "progress")
    done = subprocess.run(command, cwd=ROOT, input=SAID + last, capture_output=True, text=True, check=True)
    shown = [line.strip() for line in done.stdout.replace("\r", "\n").splitlines() if line.strip()]
    assert shown[:2] == ["1 packages, numpy==2.4.1", "2 packages, click"]
    assert shown[2:] == (["putting 2 packages in place ..."] if code == 0 else ["code 1"])
