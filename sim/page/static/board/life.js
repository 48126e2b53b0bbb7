// The view of a real machine, and the requests that its link allows; nothing moves by one message from here.

import { Choice, html, Panel, save, useEvents, useMemo, words } from "../ui.js";
import { Charts } from "../view/charts.js";
import { Glass } from "../view/device.js";
import { MachinePicture } from "../view/machine.js";
import { Board } from "./board.js";
import { Doctor } from "./doctor.js";
import { Jog } from "./jog.js";
import { SendProgram } from "./program.js";

const STATES = {
  none: "Not connected",
  connecting: "Connecting …",
  connected: "Connected",
  lost: "The cable was pulled. Plug it in again: the page finds the board by itself.",
};

/** The view of a real machine. */
export function BoardLife({ facts, designed }) {
  const board = useMemo(() => {
    const made = new Board(facts);
    window.instepBoard = made; // for those who look behind it, the tests among them
    return made;
  }, []);
  useEvents(board, "news", () => board.news);
  const isThere = board.state === "connected";
  return html`
    <h1 class="unseen">The machine on a cable</h1>
    <div class=${board.state === "lost" ? "life stale" : "life"}>
      <div class="column">
        <${Panel} id="board-machine" kind="first" title="Machine" more=${html`<${State} board=${board} facts=${facts} />`}>
          <${MachinePicture} source=${board} facts=${facts} read=${() => board.row} lengths=${() => board.lengths()}
            profile=${() => board.profile()} />
        <//>
        <${Panel} id="board-charts" title="Charts">
          <${Charts} source=${board} facts=${facts} recording=${() => board.recording} /><//>
        <div class="pair">
          <${Panel} id="doctor" title="Doctor"><${Doctor} ...${{ board, isThere }} /><//>
          <${Panel} id="jog" title="Move one axis"><${Jog} ...${{ board, facts, isThere }} /><//>
        </div>
      </div>
      <div class="column">
        <${Panel} id="connection" kind="second" title="Connection"><${Connection} board=${board} /><//>
        <${Panel} id="remote" kind="third" title="Remote control">
          <${Glass} target=${board} read=${() => board.points} text=${board.screen} />
          <${Remote} ...${{ board, facts, isThere }} /><//>
        <${Panel} id="send" title="Send a program"><${SendProgram} ...${{ board, facts, designed, isThere }} /><//>
      </div>
    </div>`;
}

function State({ board, facts }) {
  const state = board.machine && board.state === "connected" ? facts.states[board.machine.state] : "";
  const said = state ? words(facts.plain[state] ?? state) : STATES[board.state].split(".")[0];
  return html`<p class="now" data-state=${state}><span class="lamp"></span>${said}</p>`;
}

function Connection({ board }) {
  const { state, problem } = board;
  const keep = () => save("board.mcap", board.trace.file(), "application/octet-stream");
  return html`
    <p role="status" data-connection=${state}>${STATES[state]}</p>
    ${problem && html`<p class="problem" role="alert"><strong>${problem.message}</strong> ${problem.advice ?? ""}</p>`}
    <div class="row">
      ${
        state === "none"
          ? html`<button type="button" class="primary" onClick=${() => board.connect()}>Connect</button>`
          : html`<button type="button" onClick=${() => board.disconnect()}>Disconnect</button>`
      }
      <button type="button" disabled=${!board.motions} onClick=${keep}>Keep a recording</button>
    </div>
    <p class="hint">Needs Chromium, Chrome or Edge on a computer. The recording is MCAP: Foxglove opens it.</p>`;
}

/** The requests that the link allows for a session. */
function Remote({ board, facts, isThere }) {
  const { machine } = board;
  const { levels } = facts;
  const ask = (kind) => () => board.ask((link) => link.ask(kind));
  const level = (name) => (value) => board.ask((link) => link.level(name, Number(value)));
  const numbers = (high) => Array.from({ length: high }, (_, index) => [index + 1, index + 1]);
  return html`
    <div class="remote" role="group" aria-label="What the laptop may ask for">
      <button type="button" class="key key-start" disabled=${!isThere} onClick=${ask("START")}>START</button>
      <button type="button" class="key key-stop" disabled=${!isThere} onPointerDown=${ask("STOP")}
        onKeyDown=${(event) => event.key === "Enter" && ask("STOP")()} onClick=${(event) => event.detail || ask("STOP")()}>STOP</button>
      <button type="button" class="key" disabled=${!isThere} onClick=${ask("PAUSE")}>PAUSE</button>
      <button type="button" class="key" disabled=${!isThere} onClick=${ask("RESUME")}>RESUME</button>
      <button type="button" class="key" disabled=${!isThere} onClick=${ask("NEXT")}>NEXT</button>
    </div>
    <div class="row">
      <${Choice} label="Intensity" disabled=${!isThere} value=${machine?.intensity ?? 3} options=${numbers(5)} onChoose=${level("intensity")} />
      <${Choice} label="Pace" disabled=${!isThere} value=${machine?.pace ?? 2} options=${numbers(3)} onChoose=${level("pace")} />
      <${Choice} label="Heat" disabled=${!isThere} value=${machine?.heat ?? 0} onChoose=${level("heat")}
        options=${levels.heat.map((name, index) => [index, name])} />
    </div>
    <p class="hint">START leads to the questions, which are answered at the machine.</p>`;
}
