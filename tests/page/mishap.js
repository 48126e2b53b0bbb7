// Let faults happen to the page's machine in Node, each in a session of its own process. Arguments: the page's folder,
// the wish as JSON, the fault's text. Prints what came of it as one line of JSON.
import { readFileSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, wish, text] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(`${folder}/made/${name}`));
const load = (name) => import(pathToFileURL(`${folder}/${name}`));
const TICKS_MAX = 30_000;

let status = 0;
try {
  const { loadMicroPython } = await load("parts/micropython-webassembly-pyscript/micropython.mjs");
  const { Workshop } = await load("machine.js");
  const { wishFor } = await load("wish.js");
  const facts = read("facts.json");
  const machine = await new Workshop(loadMicroPython, read("machine.json"), facts).begin(
    wishFor(facts, JSON.parse(wish)),
  );
  machine.inject(text);
  let outcome = null;
  while (machine.ticks < TICKS_MAX && outcome?.noticed_tick == null) {
    machine.tick();
    if (machine.ticks % 50 === 0) [outcome] = machine.news().mishaps;
  }
  writeSync(1, JSON.stringify(outcome));
} catch (error) {
  writeSync(2, `${error.stack}\n`);
  status = 1;
}
process.exit(status); // the VM's timers would keep the process alive
