"""The server of the page: this computer alone, its own name alone, its folder alone."""

import http.client
import socket
import subprocess
import sys
import threading
from urllib.parse import urlsplit

import pytest

from host_tools import cli
from host_tools.errors import InstepError
from sim.page.serve import PageServer
from tests import foreground


@pytest.fixture
def server(tmp_path):
    folder = tmp_path / "page"
    (folder / "made").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>page</title>")
    (folder / "made" / "plant.js").write_text("export {};")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "way-out.txt").symlink_to(tmp_path / "secret.txt")
    with PageServer(folder, 0) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(server, path, host=None, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    name = f"127.0.0.1:{server.server_port}" if host is None else host
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", name)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_it_listens_at_loopback_alone(server):
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "", "127.0.0.1:1", "localhost"])
def test_a_foreign_host_gets_nothing(server, host):
    answer, body = ask(server, "/", host)
    assert answer.status == 421
    assert b"page" not in body.replace(b"own name", b"")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_its_own_names_get_the_page(server, name):
    answer, body = ask(server, "/", f"{name}:{server.server_port}")
    assert (answer.status, body) == (200, b"<!doctype html><title>page</title>")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/made/../../secret.txt",
        "/way-out.txt",
        "/made/",
        "/nothing",
        "//etc/passwd",
    ],
)
def test_nothing_outside_its_folder_and_no_list_of_files_is_shown(server, path):
    answer, body = ask(server, path)
    assert answer.status in (301, 404)
    assert b"secret" not in body.replace(path.encode(), b"") and b"plant.js" not in body


@pytest.mark.parametrize("path", ["/", "/made/plant.js", "/nothing"])
def test_every_answer_carries_the_strict_policy(server, path):
    answer, _ = ask(server, path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy and "'unsafe-eval'" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_only_reads(server, method):
    answer, _ = ask(server, "/", method=method)
    assert answer.status == 501


def test_scripts_have_the_type_that_browsers_insist_on(server):
    assert ask(server, "/made/plant.js")[0].headers["Content-Type"] == "text/javascript"


def test_a_port_that_is_taken_is_said_with_what_to_do(server, tmp_path):
    with pytest.raises(InstepError, match=f"Port {server.server_port} is taken") as raised:
        PageServer(tmp_path / "page", server.server_port)
    assert "--port" in raised.value.advice


def test_a_page_that_is_not_built_is_said_with_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sim.commands.page.FOLDER", tmp_path)
    assert cli.run(["page", "--no-open"]) == 1
    assert capsys.readouterr().err == "The page has not been built yet.\nBuild it: make page\n"
    monkeypatch.setattr("sim.page.serve.IS_CHECKOUT", False)
    assert cli.run(["page", "--no-open"]) == 1
    said = capsys.readouterr().err
    assert (
        said.startswith("This Instep was installed without the page.\n") and "make page" in said and "install" in said
    )


def test_interrupting_it_ends_it_without_a_traceback(page):
    code = (
        f"from pathlib import Path; import sim.commands.page as p; p.FOLDER = Path({str(page)!r}); "
        "from host_tools.cli import run; raise SystemExit(run(['page', '--no-open', '--port', '0']))"
    )
    command = [sys.executable, "-u", "-c", code]
    process = foreground.start(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.readline()
    port = urlsplit(said.split()[4]).port
    assert port is not None
    socket.create_connection(("127.0.0.1", port), timeout=10).close()
    process.send_signal(2)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0
    assert out.strip() == "Closed."
    assert err == ""
