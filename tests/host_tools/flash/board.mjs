// A board: MicroPython (WebAssembly) whose prompt answers on a TCP port, with the chip's reset, scratch register and
// timer. Command line: the path of micropython.mjs. Standard input: lines of JSON; standard output: their answers.
//   {"do": "files"}               -> every file of the board, base64 by path
//   {"do": "put", "files": {...}} -> writes files
//   {"do": "power"}               -> power off and on
//   {"do": "cut", "bytes": n}     -> after n more bytes from the laptop the cable is pulled: power off, line closed
//   {"do": "plug"}                -> plugged in again
//   {"do": "fall", "bytes": n}    -> after n more bytes from the laptop the board resets by itself
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { loadMicroPython } = await import(pathToFileURL(process.argv[2]));
const IMPLEMENTATION = JSON.parse(process.argv[3]); // what differs in sys.implementation: name, version, _machine, _mpy
const HEAP_BYTES = 192 * 1024;
const RAW_PASTE = "\x05A\x01";
const WINDOW = 128; // bytes that the laptop may send before the board has taken them, as on an RP2

// What the firmware needs of the chip. A reset ends whatever runs; the power goes on and off around it.
const CHIP = `
import sys
import js
def _end():
    raise SystemExit
class Words:
    def __getitem__(self, address):
        return js.board.scratch
    def __setitem__(self, address, value):
        js.board.scratch = value
class Timer:
    ONE_SHOT = 0
    def __init__(self, *_, **__):
        pass
    def deinit(self):
        pass
class Pin:
    OUT = 1
    def __init__(self, *_, **__):
        pass
class Machine:
    mem32 = Words()
    Timer = Timer
    Pin = Pin
    def reset(self=None):
        js.board.isReset = True
        raise SystemExit
sys.modules["machine"] = Machine
class Implementation:
    name = sys.implementation.name
    version = sys.implementation.version
    _mpy = sys.implementation._mpy
for _name, _value in ${JSON.stringify(IMPLEMENTATION)}.items():
    setattr(Implementation, _name, tuple(_value) if isinstance(_value, list) else _value)
class Sys:
    implementation = Implementation
    def __init__(self, real):
        self._real = real
    def __getattr__(self, name):
        return getattr(self._real, name)
sys.modules["sys"] = Sys(sys)
import os
NUMBERS = {44: 2, 20: 17}  # what there is not, and what there is already: as MicroPython numbers them on a chip
def numbered(function):
    def call(*arguments, **options):
        try:
            return function(*arguments, **options)
        except OSError as error:
            raise OSError(NUMBERS.get(error.errno, error.errno))
    return call
class Os:
    stat = staticmethod(numbered(os.stat))
    mkdir = staticmethod(numbered(os.mkdir))
    def __init__(self, real):
        self._real = real
    def __getattr__(self, name):
        return getattr(self._real, name)
sys.modules["os"] = Os(os)
import builtins
builtins.open = numbered(open)
`;
// MicroPython of an RP2 runs both; a program that ends by itself leaves the prompt.
const START = `
import sys
for _name in ("boot.py", "main.py"):
    if _name in __import__("os").listdir("/"):
        try:
            exec(open("/" + _name).read(), {"__name__": "__main__"})
        except SystemExit:
            break
        except BaseException as _error:
            sys.print_exception(_error)
`;

const board = { scratch: 0, isReset: false };
globalThis.board = board;
const OTHERS = new Set(["dev", "proc", "tmp", "home"]);
let files = {};
let vm = null;
let socket = null;
let isPlugged = true;
let cutAfter = Infinity;
let fallAfter = Infinity;
let pasted = null; // source that comes in raw paste mode, else null
let sinceWindow = 0;
let isDropping = 0; // characters of the prompt's answer that raw paste mode does not show
let recent = "";
let unheard = []; // what is printed while nobody listens: a start here takes no time, and says too early what it says

function say(bytes) {
  if (isDropping > 0) {
    isDropping -= 1;
    return;
  }
  if (socket) socket.write(bytes);
  else unheard.push(...bytes);
}

function read(folder, found) {
  for (const name of vm.FS.readdir(folder)) {
    if (name === "." || name === ".." || (folder === "/" && OTHERS.has(name))) continue;
    const path = `${folder === "/" ? "" : folder}/${name}`;
    if (vm.FS.isDir(vm.FS.stat(path).mode)) read(path, found);
    else found[path] = Buffer.from(vm.FS.readFile(path)).toString("base64");
  }
  return found;
}

function write(path, data) {
  path.split("/").slice(1, -1).reduce((parent, name) => {
    const folder = `${parent}/${name}`;
    if (!vm.FS.analyzePath(folder).exists) vm.FS.mkdir(folder);
    return folder;
  }, "");
  vm.FS.writeFile(path, Buffer.from(data, "base64"));
}

async function start() {
  do {
    board.isReset = false;
    vm = await loadMicroPython({ heapsize: HEAP_BYTES, linebuffer: false, stdout: say });
    for (const name of ["/home/web_user", "/home", "/tmp"]) {
      if (vm.FS.analyzePath(name).exists) vm.FS.rmdir(name);
    }
    for (const [path, data] of Object.entries(files)) write(path, data);
    vm.runPython(CHIP);
    vm.runPython(START);
    files = read("/", {});
  } while (board.isReset);
  pasted = null;
  vm.replInit();
}

async function reset() {
  files = read("/", {});
  await start();
}

function feed(byte) {
  vm.replProcessChar(byte);
}

// MicroPython's own raw paste mode waits for standard input, which blocks here: the same is done outside of it.
function paste(byte) {
  if (byte !== 4) {
    pasted.push(byte);
    sinceWindow += 1;
    if (sinceWindow === WINDOW) {
      sinceWindow = 0;
      socket?.write("\x01");
    }
    return;
  }
  socket?.write("\x04");
  isDropping = 2; // the "OK" of plain raw mode
  const source = pasted;
  pasted = null;
  for (const one of source) feed(one);
  feed(4);
}

async function take(byte) {
  if (pasted) paste(byte);
  else {
    recent = (recent + String.fromCharCode(byte)).slice(-RAW_PASTE.length);
    if (recent === RAW_PASTE) {
      recent = "";
      pasted = [];
      sinceWindow = 0;
      socket?.write(Buffer.from([0x52, 0x01, WINDOW, 0]));
      return;
    }
    if (byte === 5 || recent.slice(-2) === "\x05A") return; // held back: the beginning of it
    feed(byte);
  }
  if (board.isReset) await reset();
}

let work = Promise.resolve();

const server = createServer((connection) => {
  socket = connection;
  connection.write(Buffer.from(unheard));
  unheard = [];
  connection.on("error", () => {});
  connection.on("close", () => {
    if (socket === connection) socket = null;
  });
  connection.on("data", (data) => {
    work = work.then(async () => {
      for (const byte of data) {
        if (!isPlugged) return;
        if (cutAfter-- <= 0) {
          isPlugged = false;
          files = read("/", {});
          server.close();
          connection.destroy();
          return;
        }
        if (fallAfter-- <= 0) {
          fallAfter = Infinity;
          board.scratch = 0;
          connection.destroy();
          await reset();
          return;
        }
        await take(byte);
      }
    });
  });
});

const answers = {
  files: async () => (isPlugged ? read("/", {}) : files),
  put: async (request) => {
    for (const [path, data] of Object.entries(request.files)) write(path, data);
    return {};
  },
  power: async () => {
    board.scratch = 0;
    await reset();
    return {};
  },
  cut: async (request) => {
    cutAfter = request.bytes;
    return {};
  },
  fall: async (request) => {
    fallAfter = request.bytes;
    return {};
  },
  plug: async () => {
    cutAfter = Infinity;
    board.scratch = 0;
    await start();
    isPlugged = true;
    await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
    return {};
  },
};

await start();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address();
console.log(JSON.stringify({ port }));
createInterface({ input: process.stdin }).on("line", (line) => {
  work = work.then(async () => {
    const request = JSON.parse(line);
    console.log(JSON.stringify(await answers[request.do](request)));
  });
}).on("close", () => process.exit(0));
