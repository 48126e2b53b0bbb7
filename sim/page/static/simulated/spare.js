// The worker of the next session, started ahead of time: loading and starting MicroPython takes half a second.

const start = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
const AGAIN_MS = 3000;
let spare = null;

/** Return a worker that is ready for a session; prepare another one a little later. */
export function takeWorker() {
  const taken = spare ?? start();
  spare = null;
  setTimeout(() => (spare ??= start()), AGAIN_MS);
  return taken;
}

// index.html loads this module first of all: the machine starts while the rest of the page is read.
if (["", "#simulated"].includes(location.hash)) spare = start();
