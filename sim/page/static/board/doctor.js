// Run the machine's self-test without moving, and judge its readings with the code of `instep doctor`.

import { html, useState } from "../ui.js";

const WAIT_MS = 5000;
const POLL_MS = 100;
// The marks of the verdicts of host_tools/link/diagnose.py.
const LOOKS = { ok: "good", FAILED: "bad", "not tested": "open", note: "note" };
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let judging = null;

/** Return the function that judges; its Python is loaded at the first use. */
async function judge() {
  judging ??= import("../workshop.js").then(async ({ openWorkshop }) => (await openWorkshop()).doctor());
  try {
    return await judging;
  } catch (error) {
    judging = null;
    throw error;
  }
}

/** The self-test and the readings, each with a verdict and advice. */
export function Doctor({ board, isThere }) {
  const [found, setFound] = useState(null);
  const [isBusy, setBusy] = useState(false);
  const look = async () => {
    setBusy(true);
    const verdicts = await board.ask(async (link) => {
      const [judged, [telemetry, problem]] = await Promise.all([judge(), selfTest(link)]);
      const readings = judged(telemetry, !problem);
      return problem ? [["self-test", "not tested", problem.message, problem.advice], ...readings] : readings;
    });
    setFound(verdicts ?? null);
    setBusy(false);
  };
  return html`
    <button type="button" disabled=${!isThere || isBusy} onClick=${look}>${isBusy ? "It tests itself …" : "Test the machine"}</button>
    <p class="hint">Nothing moves; the safety relay clicks once. The same verdicts as <code>instep doctor</code>.</p>
    ${found && html`<${Verdicts} found=${found} />`}`;
}

function Verdicts({ found }) {
  const bad = found.filter(([, verdict]) => ["bad", "open"].includes(LOOKS[verdict])).length;
  return html`
    <p role="status"><strong>${bad ? `${bad} of ${found.length} need attention.` : "All is well."}</strong></p>
    <ul class="verdicts">${found.map(
      ([what, verdict, text, advice]) => html`
      <li class="verdict-${LOOKS[verdict]}"><span>${what}</span><b>${text || verdict}</b>${advice && html`<p>${advice}</p>`}</li>`,
    )}</ul>`;
}

/** Run the self-test up to its first movement; return [telemetry, problem]: a machine in a session refuses the self-test. */
async function selfTest(link) {
  let problem = null;
  try {
    await link.ask("CHECK");
  } catch (error) {
    if (error.answer < 0) throw error;
    problem = error;
  }
  const until = performance.now() + WAIT_MS;
  let status = await link.status();
  while (!problem && status.machine.jog_state && performance.now() < until) {
    await pause(POLL_MS);
    status = await link.status();
  }
  return [status, problem];
}
