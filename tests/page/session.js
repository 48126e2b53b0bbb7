// Run one session of the page's machine in Node. Arguments: the page's folder, the wish as JSON, a file for a CRC-32 of
// commands and readings of every tick, and if need be how many ticks to run. Prints the session's figures and the speed
// as one line of JSON.
import { readFileSync, writeFileSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { crc32 } from "node:zlib";

const [folder, wish, output, first] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(`${folder}/made/${name}`));
const load = (name) => import(pathToFileURL(`${folder}/${name}`));
// States from which a session does not go on: the end is asked for there, tick by tick.
const MAY_BE_OVER = 9;
const TICKS_MAX = Number(first) || 200_000;

let status = 0;
try {
  const { loadMicroPython } = await load("parts/micropython-webassembly-pyscript/micropython.mjs");
  const { Workshop } = await load("machine.js");
  const { wishFor } = await load("wish.js");
  const facts = read("facts.json");
  const workshop = new Workshop(loadMicroPython, read("machine.json"), facts);
  const machine = await workshop.begin(wishFor(facts, JSON.parse(wish)));
  const sums = new Uint32Array(TICKS_MAX);
  const before = process.cpuUsage();
  let hasBegun = false;
  while (machine.ticks < TICKS_MAX) {
    const state = machine.tick();
    const bytes = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    sums[machine.ticks - 1] = crc32(bytes(machine.readings), crc32(bytes(machine.commands)));
    hasBegun ||= state > 0;
    if (hasBegun && (state === 0 || state >= MAY_BE_OVER) && machine.isOver()) break;
  }
  const used = process.cpuUsage(before);
  writeFileSync(output, sums.subarray(0, machine.ticks));
  const speed = machine.ticks / 100 / ((used.user + used.system) / 1e6);
  writeSync(1, JSON.stringify({ ...machine.figures(), speed }));
} catch (error) {
  writeSync(2, `${error.stack}\n`);
  status = 1;
}
process.exit(status); // the VM's timers would keep the process alive
