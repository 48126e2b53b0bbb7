// Move one axis of a new or repaired machine: slowly, while a button is held, with empty wells only.

import { Choice, html, useRef, useState, words } from "../ui.js";

const AGAIN_MS = 60;

/** The axes, a value, and a button to hold. */
export function Jog({ board, facts, isThere }) {
  const [index, setIndex] = useState(0);
  const axis = facts.jog[index];
  const [value, setValue] = useState(100);
  const timer = useRef(null);
  const clamped = Math.max(axis.low, Math.min(axis.high, value));
  const hold = () => {
    clearInterval(timer.current);
    const ask = () => board.ask((link) => link.jog(axis.axis, clamped));
    ask();
    timer.current = setInterval(ask, AGAIN_MS);
  };
  const leave = () => {
    if (timer.current === null) return;
    clearInterval(timer.current);
    timer.current = null;
    board.ask((link) => link.ask("STOP"));
  };
  const byKey = (act) => (event) => {
    if ((event.key === " " || event.key === "Enter") && !event.repeat) {
      event.preventDefault();
      act();
    }
  };
  return html`
    <${Choice} label="Axis" value=${index} onChoose=${(chosen) => setIndex(Number(chosen))}
      options=${facts.jog.map((one, at) => [at, `${one.foot} ${words(one.name).toLowerCase()}`])} />
    <label class="slider"><span>Value</span>
      <input type="range" min=${axis.low} max=${axis.high} value=${clamped} onInput=${(event) => setValue(Number(event.target.value))} />
      <output>${clamped / axis.per_unit} ${axis.unit}</output></label>
    <button type="button" class="wide" disabled=${!isThere} onPointerDown=${hold} onPointerUp=${leave} onPointerCancel=${leave}
      onPointerLeave=${leave} onKeyDown=${byKey(hold)} onKeyUp=${byKey(leave)} onBlur=${leave}>Hold to move</button>
    <p class="hint" data-testid="jogging">${words(facts.jog_states[board.machine?.jog_state ?? 0]) || "Take the feet out before."}</p>`;
}
