// Mishaps: inject a fault into the physics, and show what the guard noticed, how soon, and what it did.

import { Choice, clock, html, useState, words } from "../ui.js";
import { busiest } from "./busiest.js";

// The twelve faults with the clearest effect; the others are under "more".
const FIRST = [
  "foot_out",
  "finger_trapped",
  "roller_blocked",
  "skin_sensor_open",
  "sensors_disagree",
  "force_sensor_wild",
  "heater_stuck_on",
  "supply_low",
  "servos_silent",
  "power_cut",
  "loop_stopped",
  "encoder_lost",
];
const NAMES = {
  foot_out: "Foot lifted out",
  finger_trapped: "Finger under a roller",
  roller_blocked: "Roller held",
  skin_sensor_open: "Sensor wire broken",
  sensors_disagree: "Sensors disagree",
  force_sensor_wild: "Force sensor stuck high",
  heater_stuck_on: "Heater switch shorted",
  supply_low: "Supply sags",
  servos_silent: "Servo chip silent",
  power_cut: "Power cut",
  loop_stopped: "Loop hangs",
  encoder_lost: "Encoder lost",
};
/** The machine's reaction in words, by the catalogue's name of it. */
export const REACTIONS = {
  safe: "everything off, until it is acknowledged",
  let_go: "everything off, or lifted until START: a foot seems to have moved",
  safe_or_says_why: "the same; a press that is stuck stays, and the display says so",
  outputs_off: "the session lets go and ends",
  stays_paused: "presses lift, rollers stop, until START is pressed again",
  no_heat: "heat off, with a notice or a fault",
  outputs_safe: "the hardware itself has switched everything off",
  power_off: "the safety relay has opened, and everything is off",
  pause: "presses lifted, rollers stopped; the session can go on",
  heat_off: "heat off, the session goes on",
  heat_off_latched: "heat off until it is acknowledged, the session goes on",
  lift_back_off_latched: "lifted, backed off, until it is acknowledged",
  no_session: "no session begins",
  refuse_load: "refused, no session begins",
  ignore: "nothing, rightly",
};
const DURATIONS = [
  ["2", "2 s"],
  ["10", "10 s"],
  ["70", "70 s"],
  ["", "for good"],
];
const FOR_S = 10;
const FEET = [
  ["", "in use"],
  ["left", "left"],
  ["right", "right"],
];
const ROLLERS = [
  ["", "in use"],
  ["sole", "sole"],
  ["top", "top"],
];

const nameOf = (name) => NAMES[name] ?? words(name);

/** The choice of faults, and the outcome of those that were injected. */
export function Mishaps({ session, facts }) {
  const [foot, setFoot] = useState("");
  const [roller, setRoller] = useState("");
  const [lasting, setLasting] = useState(String(FOR_S));
  const catalogue = Object.fromEntries(facts.mishaps.map((fault) => [fault.name, fault]));
  const [other, setOther] = useState("");
  const happen = (name, value) => {
    const { scope } = catalogue[name];
    const parts = [];
    const there = busiest(session.row, foot, roller);
    if (scope !== "machine") parts.push(there.foot);
    if (scope === "roller") parts.push(there.roller);
    if (lasting) parts.push(`for=${lasting}s`);
    if (value !== undefined) parts.push(`value=${value}`);
    session.mishap(name, parts);
  };
  const first = FIRST.filter((name) => catalogue[name]);
  const others = facts.mishaps.map(({ name }) => name).filter((name) => !first.includes(name));
  return html`
    <div class="row">
      <${Choice} label="Foot" value=${foot} options=${FEET} onChoose=${setFoot} />
      <${Choice} label="Roller" value=${roller} options=${ROLLERS} onChoose=${setRoller} />
      <${Choice} label="Lasting" value=${lasting} options=${DURATIONS} onChoose=${setLasting} />
    </div>
    <div class="mishaps">
      ${first.map((name) => html`<button type="button" data-mishap=${name} onClick=${() => happen(name)}>${nameOf(name)}</button>`)}
    </div>
    <${Choice} label="Other faults" value=${other} onChoose=${setOther}
      options=${[["", "choose what goes wrong …"], ...others.map((name) => [name, nameOf(name)])]} />
    ${other && html`<${Other} key=${other} fault=${catalogue[other]} happen=${happen} />`}
    <${Outcomes} ...${{ session, facts, catalogue }} />`;
}

/** A fault of the list: its description, its figure if it has one, and a button. */
function Other({ fault, happen }) {
  const { name, danger, value, unjudged } = fault;
  const [figure, setFigure] = useState(value?.default);
  const begin = (event) => {
    event.preventDefault();
    happen(name, value ? figure : undefined);
  };
  return html`
    <form class="other" onSubmit=${begin}>
      <p>${danger}</p>
      ${unjudged && html`<p class="hint">The guard need not notice it: ${unjudged}</p>`}
      ${
        value &&
        html`<label class="field"><span>${words(value.what)}, ${value.low} to ${value.high}</span>
        <input type="number" min=${value.low} max=${value.high} step="any" required value=${figure}
          onInput=${(event) => setFigure(event.target.value)} /></label>`
      }
      <button type="submit" data-mishap=${name}>Let it happen</button>
    </form>`;
}

function Outcomes({ session, facts, catalogue }) {
  if (!session.mishaps.length)
    return html`<p class="hint">What the guard notices stands here, with the time it took.</p>`;
  return html`
    <ol class="outcomes" aria-live="polite">
      ${session.mishaps.map((one, index) => html`<${Outcome} key=${index} ...${{ one, facts, catalogue }} />`).reverse()}
    </ol>`;
}

function Outcome({ one, facts, catalogue }) {
  const [head] = one.injected.split("@");
  const fault = catalogue[head];
  const said = facts.words[one.fault]?.[0];
  const isNoticed = one.noticed_tick !== null;
  const isNoise = fault.reaction === "ignore" && !fault.expects.length;
  const wait = isNoise
    ? "Noise or a lawful extreme: nothing may come of it."
    : one.onset_tick === null
      ? "It makes no difference yet."
      : "Not noticed yet.";
  return html`
    <li class=${isNoticed ? "noticed" : "open"} data-outcome=${head}>
      <strong>${nameOf(head)}</strong>${one.onset_tick !== null && html`<span> at ${clock(one.onset_tick)}</span>`}
      ${
        isNoticed
          ? html`<p>Noticed and dealt with after <b>${one.delay_ms} ms</b>${" "}
            (allowed: ${fault.budget_ms} ms): ${REACTIONS[fault.reaction]}.</p>`
          : html`<p>${wait}</p>`
      }
      ${said && html`<p class="said">“${said}”</p>`}
    </li>`;
}
