"""A stand-in for a serial port: the page's files, and a WebSocket that leads to the simulated board's TCP port."""

import asyncio
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler
from tornado.websocket import WebSocketHandler

from instep.link.frames import Decoder
from sim.page.serve import POLICY

HOST = "127.0.0.1"

# What the page finds in place of the browser's serial ports: one port, whose cable is the WebSocket.
STAND_IN = (Path(__file__).parent / "stand_in.js").read_text()


def kinds_in(data):
    """Return the kinds of the messages in what the page has sent."""
    decoder, kinds = Decoder(), []
    at = decoder.feed(data, 0, len(data))
    while at >= 0:
        kinds.append(decoder.kind)
        at = decoder.feed(data, at, len(data))
    return kinds


class _Files(StaticFileHandler):
    def set_extra_headers(self, path):
        self.set_header("Content-Security-Policy", POLICY)


class _Line(WebSocketHandler):
    """One cable between page and board; the bridge notes when each message of the page came."""

    def initialize(self, bridge):
        self.bridge = bridge

    async def open(self, *_args, **_kwargs):
        if not self.bridge.is_plugged:
            self.close()
            return
        self.bridge.lines.add(self)
        reader, self.writer = await asyncio.open_connection(HOST, self.bridge.board_port)
        self.task = asyncio.ensure_future(self._up(reader))

    async def _up(self, reader):
        while data := await reader.read(4096):
            await self.write_message(data, binary=True)
        self.close()

    def on_message(self, message):
        self.bridge.came.append((time.time(), bytes(message)))
        self.writer.write(bytes(message))

    def on_close(self):
        self.bridge.lines.discard(self)
        if hasattr(self, "task"):
            self.task.cancel()
            self.writer.close()


class Bridge:
    """The board and its cable: `address` is where the page is, `came` what the page has sent and when."""

    def __init__(self, page, *arguments):
        self.is_plugged = True
        self.lines = set()
        self.came = []
        self._board = subprocess.Popen(
            [sys.executable, "-u", "-m", "host_tools", "sim", *arguments, "--serve", "0"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._board.stdout is not None
        found = re.search(r":(\d+)\.", self._board.stdout.readline())
        assert found
        self.board_port = int(found[1])
        self._loop = asyncio.new_event_loop()
        self._page = page
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,))
        self._thread.start()
        started.wait()

    def _run(self, started):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        started.set()
        self._loop.run_forever()

    async def _listen(self):
        files = (r"/(.*)", _Files, {"path": str(self._page), "default_filename": "index.html"})
        self._server = HTTPServer(Application([(r"/line", _Line, {"bridge": self}), files]))
        sockets = bind_sockets(0, HOST)
        self._server.add_sockets(sockets)
        self.address = f"http://{HOST}:{sockets[0].getsockname()[1]}/"

    def unplug(self):
        """Pull the cable."""
        self.is_plugged = False
        self._loop.call_soon_threadsafe(lambda: [line.close() for line in list(self.lines)])

    def plug(self):
        """Put it back."""
        self.is_plugged = True

    def close(self):
        """End board and bridge."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._board.terminate()
        self._board.wait()
        assert self._board.stdout is not None
        self._board.stdout.close()
        self._server.stop()
        self._loop.close()
