// Run Python code on MicroPython (WebAssembly). Standard input: JSON of { module, files: { path: base64 }, code, steps };
// after `code`, each of `steps` runs at the top level, all in one scope: the VM collects garbage only between them.
// What the code prints goes to standard output; an uncaught exception goes to standard error and ends with code 1.
import { pathToFileURL } from "node:url";
import { readFileSync, writeSync } from "node:fs";

const HEAP_BYTES = 256 * 1024; // about what MicroPython leaves free on an RP2040

const { module, files, code, steps } = JSON.parse(readFileSync(0, "utf8"));
const { loadMicroPython } = await import(pathToFileURL(module));
const vm = await loadMicroPython({ heapsize: HEAP_BYTES, linebuffer: false, stdout: (bytes) => writeSync(1, bytes) });

for (const [path, data] of Object.entries(files)) {
  path.split("/").slice(1, -1).reduce((parent, name) => {
    const folder = `${parent}/${name}`;
    if (!vm.FS.analyzePath(folder).exists) vm.FS.mkdir(folder);
    return folder;
  }, "");
  vm.FS.writeFile(path, Buffer.from(data, "base64"));
}

// An exception that leaves the heap locked could not be reported: unlock first.
const guarded = `
import micropython
try:
    exec(open("/code.py").read(), {})
finally:
    micropython.heap_lock()
    while micropython.heap_unlock():
        pass
`;

let status = 0;
try {
  vm.FS.writeFile("/code.py", code);
  vm.runPython(guarded);
  steps.forEach((step) => vm.runPython(step));
} catch (error) {
  writeSync(2, `${error.message}\n`);
  status = 1;
}
process.exit(status); // the VM's timers would keep the process alive
