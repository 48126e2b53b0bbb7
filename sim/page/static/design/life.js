// The designer: text and picture are two views of one program; the project's own checker judges it at every change.

import { Choice, html, Panel, save, useEffect, useMemo, useRef, useState } from "../ui.js";
import { PlannedDose } from "./dose.js";
import { Drawing } from "./drawing.js";
import { Phases } from "./phases.js";
import { Checked, Verdict } from "./proof.js";
import { Python } from "./python.js";

const CHECK_MS = 250;
const FILE_BYTES_MAX = 64 * 1024;
const UNDO_MAX = 50;
const START = `# A program of your own: write here, or draw beside.
format = 1
name = "mine"
title = "Mine"
minutes = 10

[[phase]]
technique = "smooth"
`;

/** The designer; `play` gets the program to play on the simulated machine. */
export function Designer({ facts, play, onDesigned }) {
  const python = useMemo(() => new Python(), []);
  const [text, setText] = useState(START);
  const [said, setSaid] = useState(null);
  const [problem, setProblem] = useState("");
  const [earlier, setEarlier] = useState([]); // texts, for "Undo"
  const newest = useRef(0);
  useEffect(() => {
    const number = ++newest.current;
    const timer = setTimeout(async () => {
      try {
        const answer = await python.check(text);
        if (number !== newest.current) return;
        setSaid(answer);
        if (answer.image) onDesigned({ program: answer.name, image: answer.image });
      } catch (error) {
        setProblem(error.message);
      }
    }, CHECK_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const exchange = (other) => {
    if (other === text) return;
    setEarlier([...earlier, text].slice(-UNDO_MAX));
    setText(other);
  };
  const undo = () => {
    setText(earlier.at(-1));
    setEarlier(earlier.slice(0, -1));
  };
  const change = async (wish) => {
    const answer = await python.change(text, wish);
    setProblem(answer.problem);
    exchange(answer.text);
  };
  const open = async (file) => {
    if (!file) return;
    if (file.size > FILE_BYTES_MAX)
      setProblem(`${file.name} is too large for a program: a program has at most 64 kB.`);
    else {
      setProblem("");
      exchange(await file.text());
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
        <${Panel} id="draw" title="Draw a stroke"><${Drawing} facts=${facts} said=${said} change=${change} /><//>
        <${Panel} id="phases" title="Phases"><${Phases} said=${said} facts=${facts} change=${change} /><//>
        <${Panel} id="planned" title="Planned dose"><${PlannedDose} ...${{ python, facts, said }} /><//>
      </div>
      <div class="column">
        <${Panel} id="text" title="Program" more=${html`<${Verdict} said=${said} />`}>
          <label class="unseen" for="program-text">The program's text</label>
          <textarea id="program-text" spellcheck="false" rows="22" value=${text} onInput=${(event) => setText(event.target.value)}></textarea>
          ${problem && html`<p class="problem" role="alert">${problem}</p>`}
          <div class="row">
            <button type="button" class="primary" disabled=${!isGood}
              onClick=${() => play({ program: said.name, text, image: said.image })}>Play it now</button>
            <button type="button" onClick=${() => save(`${said?.name || "program"}.toml`, [text], "application/toml")}>Save</button>
            <label class="file">Open<input type="file" accept=".toml" onChange=${(event) => {
              open(event.target.files[0]);
              event.target.value = "";
            }} /></label>
            <button type="button" disabled=${!earlier.length} onClick=${undo}>Undo</button>
            <${Choice} label="Begin with" value="" options=${[["", "choose …"], ...facts.programs.map(({ name, title }) => [name, title])]}
              onChoose=${(name) => name && exchange(facts.programs.find((one) => one.name === name).text)} />
          </div>
        <//>
        <${Panel} id="proof" title="Limits"><${Checked} said=${said} /><//>
      </div>
    </div>`;
}
