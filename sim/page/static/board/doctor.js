// Let the machine test itself without moving, and say what was found.

import { html, useState } from "../ui.js";

const WAIT_MS = 5000;
const POLL_MS = 100;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The self-test with a verdict for each of its parts, and what the board measures now. */
export function Doctor({ board, facts, isThere }) {
  const [found, setFound] = useState(null);
  const [isBusy, setBusy] = useState(false);
  const look = async () => {
    setBusy(true);
    const status = await board.ask((link) => selfTest(link));
    setFound(status ? verdicts(facts, status) : null);
    setBusy(false);
  };
  return html`
    <button type="button" disabled=${!isThere || isBusy} onClick=${look}>${isBusy ? "It tests itself …" : "Test the machine"}</button>
    ${
      found &&
      html`<ul class="verdicts">${found.map(
        ([what, verdict, text]) => html`
      <li class="verdict-${verdict}"><span>${what}</span><b>${text}</b></li>`,
      )}</ul>`
    }
    <p class="hint">Nothing moves. <code>instep doctor</code> looks at more.</p>`;
}

async function selfTest(link) {
  await link.ask("CHECK");
  const until = performance.now() + WAIT_MS;
  let status = await link.status();
  while (status.machine.jog_state && performance.now() < until) {
    await pause(POLL_MS);
    status = await link.status();
  }
  return status;
}

/** Return [part, "good" | "bad" | "open", text] of every part of the self-test, then of the readings. */
export function verdicts(facts, { machine, feet }) {
  const { parts, failed, passed } = facts.selftest;
  const at = parts.findIndex(([, fault]) => fault === machine.selftest_fault);
  const reached = machine.selftest === passed ? parts.length : Math.max(0, at);
  const judged = parts.map(([what], index) => {
    if (index < reached) return [what, "good", "ok"];
    const isHere = index === reached && machine.selftest === failed;
    return isHere ? [what, "bad", facts.faults[machine.selftest_fault].sentence] : [what, "open", "not reached"];
  });
  const supply = [
    `supply`,
    machine.supply_mv >= facts.limits.SUPPLY_CLEAR_MV ? "good" : "bad",
    `${(machine.supply_mv / 1000).toFixed(1)} V`,
  ];
  const warmth = feet.map((foot, index) => [
    `${facts.foot_names[index]} skin side`,
    "good",
    `${(foot.skin_centi_c / 100).toFixed(1)} °C`,
  ]);
  return [...judged, supply, ...warmth];
}
