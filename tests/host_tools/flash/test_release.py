"""A release's bundle: the same bytes from the same checkout, with sums that sha256sum checks."""

import zipfile

import pytest

from host_tools.flash.release import SUMS, make_bundle

pytestmark = pytest.mark.xdist_group("firmware bundle")


def test_the_same_checkout_makes_the_same_bytes(bundle):
    assert make_bundle() == bundle


def test_the_sums_are_those_that_sha256sum_checks(bundle, tmp_path):
    (tmp_path / "bundle.zip").write_bytes(bundle)
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        lines = archive.read(SUMS).decode().splitlines()
        names = {name for name in archive.namelist() if name != SUMS}
    assert {line[66:] for line in lines} == names
    assert all(len(line.split("  ")[0]) == 64 for line in lines)
