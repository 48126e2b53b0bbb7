"""A file that is being written reaches the disk when it is closed, whole, and once."""

from sim.page.vm.disk import WrittenFile


def test_content_is_on_the_disk_only_once_the_file_is_closed():
    files: dict[str, bytes | None] = {"a": b"old"}
    with WrittenFile(files, "a") as file:
        assert file.write(b"ne") == 2
        file.write(bytearray(b"w"))
        file.flush()
        assert files == {"a": b"old"}
    assert files == {"a": b"new"}


def test_closing_again_does_not_bring_back_what_was_deleted():
    files: dict[str, bytes | None] = {}
    file = WrittenFile(files, "a")
    file.close()
    del files["a"]
    file.close()
    assert files == {}
