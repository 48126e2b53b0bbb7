// The designer: text and picture are two views of one program; the project's own checker looks at it while one types.

import { Choice, html, Panel, Segments, save, useEffect, useMemo, useRef, useState, words } from "../ui.js";
import { Curve } from "./curve.js";
import { DrawingFoot } from "./draw.js";
import { Python } from "./python.js";

const CHECK_MS = 250;
const FILE_BYTES_MAX = 64 * 1024;
const START = `# A program of your own: write here, or draw beside.
format = 1
name = "mine"
title = "Mine"
minutes = 10

[[phase]]
technique = "smooth"
`;

/** The designer; `play` gets what to play in the simulated life. */
export function Designer({ facts, play }) {
  const python = useMemo(() => new Python(), []);
  const [text, setText] = useState(START);
  const [said, setSaid] = useState(null);
  const [problem, setProblem] = useState("");
  const newest = useRef(0);
  useEffect(() => {
    const number = ++newest.current;
    const timer = setTimeout(async () => {
      try {
        const answer = await python.check(text);
        if (number === newest.current) setSaid(answer);
      } catch (error) {
        setProblem(error.message);
      }
    }, CHECK_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const change = async (wish) => {
    const answer = await python.change(text, wish);
    setProblem(answer.problem);
    setText(answer.text);
  };
  const open = async (file) => {
    if (!file) return;
    if (file.size > FILE_BYTES_MAX)
      setProblem(`${file.name} is too large for a program: a program has at most 64 kB.`);
    else {
      setProblem("");
      setText(await file.text());
    }
  };
  const isGood = Boolean(said?.image);
  const drop = (event) => {
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  };
  return html`
    <h1 class="unseen">Design a massage</h1>
    <div class="life designer" onDragOver=${(event) => event.preventDefault()} onDrop=${drop}>
      <div class="column">
        <${Panel} id="draw" title="Draw a stroke"><${Drawing} facts=${facts} change=${change} /><//>
        <${Panel} id="phases" title="Phases"><${Phases} said=${said} facts=${facts} change=${change} /><//>
      </div>
      <div class="column">
        <${Panel} id="text" title="The program" more=${html`<${Verdict} said=${said} />`}>
          <label class="unseen" for="program-text">The program's text</label>
          <textarea id="program-text" spellcheck="false" rows="22" value=${text} onInput=${(event) => setText(event.target.value)}></textarea>
          ${problem && html`<p class="problem" role="alert">${problem}</p>`}
          <div class="row">
            <button type="button" class="primary" disabled=${!isGood}
              onClick=${() => play({ program: said.name, text, image: said.image })}>Play it now</button>
            <button type="button" onClick=${() => save(`${said?.name || "program"}.toml`, [text], "application/toml")}>Save</button>
            <label class="file">Open<input type="file" accept=".toml" onChange=${(event) => open(event.target.files[0])} /></label>
            <${Choice} label="Begin with" value="" options=${[["", "choose …"], ...facts.programs.map(({ name, title }) => [name, title])]}
              onChoose=${(name) => name && setText(facts.programs.find((one) => one.name === name).text)} />
          </div>
        <//>
        <${Panel} id="proof" title="Checked"><${Checked} said=${said} /><//>
      </div>
    </div>`;
}

function Drawing({ facts, change }) {
  const [side, setSide] = useState("sole");
  const [places, setPlaces] = useState([]);
  const [forces, setForces] = useState([8, 18, 24, 14, 6]);
  const [speeds, setSpeeds] = useState([40, 30, 20, 30, 40]);
  const [way, setWay] = useState("0 1000 0");
  const add = async (stroke) => {
    await change({ act: "draw", side, places: stroke, forces, speeds });
    setPlaces([]);
  };
  return html`
    <div class="draw">
      <${DrawingFoot} facts=${facts} colour=${side} places=${places} onDrawn=${setPlaces} />
      <div class="curves">
        <${Segments} label="Roller" value=${side} options=${[["sole", "Sole"], ["top", "Top"]]} onChoose=${setSide} />
        <${Curve} label="Force along the stroke, N" unit="N" values=${forces} low=${0} high=${35} step=${1} onChange=${setForces} colour=${side} />
        <${Curve} label="Speed along the stroke, mm/s" unit="mm/s" values=${speeds} low=${5} high=${100} step=${5} onChange=${setSpeeds} colour="good" />
        <button type="button" class="primary" disabled=${places.length < 2} onClick=${() => add(places)}>Add the drawn stroke</button>
        <label class="field"><span>Or its way by numbers: 0 the toe tips, 1000 heel or ankle</span>
          <input type="text" inputmode="numeric" value=${way} onInput=${(event) => setWay(event.target.value)} /></label>
        <button type="button" onClick=${() =>
          add(
            way
              .trim()
              .split(/[\s,]+/)
              .map(Number)
              .filter(Number.isFinite),
          )}>Add this way</button>
      </div>
    </div>`;
}

function Phases({ said, facts, change }) {
  const phases = (said?.phases ?? []).filter(({ key }) => key === "phase");
  return html`
    <ol class="phases">
      ${phases.map(
        ({ index, fields }) => html`
        <li key=${index}><span class="dot dot-${fields.technique}"></span><b>${words(String(fields.technique ?? "?"))}</b>
          <span class="hint">${howOften(fields)}</span>
          <span class="row">
            <button type="button" disabled=${index === 0} aria-label="Move phase ${index + 1} up"
              onClick=${() => change({ act: "move", key: "phase", index, to: index - 1 })}>↑</button>
            <button type="button" disabled=${index === phases.length - 1} aria-label="Move phase ${index + 1} down"
              onClick=${() => change({ act: "move", key: "phase", index, to: index + 1 })}>↓</button>
            <button type="button" aria-label="Remove phase ${index + 1}"
              onClick=${() => change({ act: "remove", key: "phase", index })}>Remove</button>
          </span></li>`,
      )}
    </ol>
    <${Choice} label="Add a phase" value="" onChoose=${(technique) => technique && change({ act: "add", technique })}
      options=${[["", "choose a technique …"], ...facts.techniques.filter((name) => name !== "path").map((name) => [name, words(name)])]} />`;
}

function howOften({ repeats, feet, waypoints }) {
  const parts = [];
  if (Array.isArray(waypoints)) parts.push(`${waypoints.length} waypoints`);
  if (repeats !== undefined) parts.push(`${repeats} times`);
  if (feet !== undefined) parts.push(String(feet));
  return parts.join(", ");
}

function Verdict({ said }) {
  if (!said) return html`<p class="now" role="status">the checker is being loaded …</p>`;
  const count = said.violations.length;
  return html`<p class="now" role="status" data-verdict=${count ? "bad" : "good"}><span class="lamp"></span>
    ${count ? `${count} ${count === 1 ? "violation" : "violations"}` : "good to play"}</p>`;
}

function Checked({ said }) {
  if (!said) return html`<p class="hint">The project's own checker is on its way: 13 MB, once.</p>`;
  if (said.violations.length) {
    return html`<ul class="violations">${said.violations.map(({ text }) => html`<li>${text}</li>`)}</ul>`;
  }
  const [minimum, usual, maximum] = said.proof.cycle_s.map(
    (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`,
  );
  return html`
    <p class="hint">Proved for every foot, intensity and pace: no set point goes beyond this.</p>
    <table class="proof"><thead><tr><th scope="col">greatest</th><th scope="col">asked</th><th scope="col">allowed</th></tr></thead>
      <tbody>${said.proof.bounds.map(
        ([what, greatest, allowed, unit]) => html`
        <tr><th scope="row">${what}</th><td>${greatest ? Number(greatest.toPrecision(4)) : "–"}</td><td>${allowed} ${unit}</td></tr>`,
      )}</tbody></table>
    <p class="hint">One cycle lasts ${usual}, at least ${minimum}, at most ${maximum}. ${said.proof.bytes} bytes.</p>`;
}
