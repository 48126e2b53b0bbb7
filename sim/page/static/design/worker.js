// The designer's Python: the checker and compiler of stroke programs, in Pyodide, in a worker of its own.

import { loadPyodide } from "../parts/pyodide/pyodide.mjs";

const FOLDER = "/designer";
// Ticks of a dose that are computed before the next request is answered: about 50 ms.
const DOSE_TICKS = 250;
let designer = null;
let doses = 0;

async function load() {
  const [pyodide, files] = await Promise.all([
    loadPyodide({ indexURL: new URL("../parts/pyodide/", import.meta.url).href }),
    fetch(new URL("../made/designer.json", import.meta.url)).then((answer) => answer.json()),
  ]);
  for (const [path, text] of Object.entries(files)) {
    const folder = `${FOLDER}/${path}`.split("/").slice(0, -1).join("/");
    pyodide.FS.mkdirTree(folder);
    pyodide.FS.writeFile(`${FOLDER}/${path}`, text);
  }
  pyodide.runPython(`import sys\nsys.path.insert(0, "${FOLDER}")`);
  designer = pyodide.pyimport("sim.page.designer");
}

const loading = load();
loading.catch(() => {}); // the first request's answer reports a failure

/** The requests of the page by `act`; each function returns the answer. */
const ACTS = {
  check: ({ text }) => JSON.parse(designer.check(text)),
  change: ({ text, wish }) => JSON.parse(designer.change(text, JSON.stringify(wish))),
  /** Compute a dose in parts; a newer request, or an empty `image`, ends it. */
  async dose({ id, image, minutes }) {
    const number = ++doses;
    if (!image) return null;
    designer.begin_dose(image, minutes);
    for (;;) {
      const part = JSON.parse(designer.more_dose(DOSE_TICKS));
      if (part.is_done) return part;
      postMessage({ id, part });
      await new Promise((resolve) => setTimeout(resolve));
      if (number !== doses) return null;
    }
  },
};

addEventListener("message", async ({ data }) => {
  const { id } = data;
  try {
    await loading;
    postMessage({ id, answer: await ACTS[data.act](data) });
  } catch (error) {
    postMessage({ id, problem: String(error.message ?? error) });
  }
});
