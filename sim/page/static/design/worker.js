// The designer's Python: the checker and compiler of stroke programs, in Pyodide, in a worker of its own.

import { loadPyodide } from "../parts/pyodide/pyodide.mjs";

const FOLDER = "/designer";
let designer = null;

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

addEventListener("message", async ({ data: { id, act, text, wish } }) => {
  try {
    await loading;
    const answer = act === "check" ? designer.check(text) : designer.change(text, JSON.stringify(wish));
    postMessage({ id, answer: JSON.parse(answer) });
  } catch (error) {
    postMessage({ id, problem: String(error.message ?? error) });
  }
});
