// Load the parts of a simulated machine in a browser.

import { Workshop } from "./machine.js";
import { loadMicroPython } from "./parts/micropython-webassembly-pyscript/micropython.mjs";

/** Return the workshop of machine.js with its files loaded. */
export async function openWorkshop() {
  const read = async (name) => (await fetch(new URL(`made/${name}.json`, import.meta.url))).json();
  const [files, facts] = await Promise.all([read("machine"), read("facts")]);
  const url = new URL("parts/micropython-webassembly-pyscript/micropython.wasm", import.meta.url).href;
  return new Workshop(loadMicroPython, files, facts, url);
}
