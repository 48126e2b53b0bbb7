// The device's front: display, six buttons, emergency stop. Mouse, touch and keys press and hold alike.

import { html, useEffect, useRef, words } from "../ui.js";
import { drawGlass } from "./glass.js";

const BUTTONS = [
  ["start", "START", "Start or pause", "s"],
  ["stop", "STOP", "Stop", "x"],
  ["program", "PROGRAM", "Program, or next technique", "p"],
  ["minus", "−", "Softer, or no", "-"],
  ["plus", "+", "Firmer, or yes", "+"],
  ["heat", "HEAT", "Heat", "h"],
];
const CLICK_MS = 120;

/** The display: `source` is called whenever it may have changed. */
export function Glass({ target, read, text }) {
  const canvas = useRef();
  useEffect(() => {
    let shown = null;
    const draw = () => {
      const points = read();
      if (points && points !== shown) {
        shown = points;
        drawGlass(canvas.current, points);
      }
    };
    target.addEventListener("now", draw);
    draw();
    return () => target.removeEventListener("now", draw);
  }, [target]);
  return html`
    <div class="glass">
      <canvas width="128" height="64" ref=${canvas} role="img" aria-label="The machine's display"></canvas>
      <p class="unseen" aria-live="polite" data-testid="screen">${text}</p>
    </div>`;
}

/** The six buttons; `hold` gets the mask of those that are down. */
export function Keypad({ masks, hold, isActive }) {
  const held = useRef(new Set());
  // The listeners outlive a session: they press the buttons of the present machine.
  const now = useRef(hold);
  now.current = hold;
  const change = (name, isDown) => {
    if (isDown) held.current.add(name);
    else held.current.delete(name);
    now.current([...held.current].reduce((mask, one) => mask | masks[one], 0));
  };
  useEffect(() => {
    if (!isActive) return undefined;
    const named = Object.fromEntries(BUTTONS.map(([name, , , key]) => [key, name]));
    named["="] = "plus";
    const listen = (isDown) => (event) => {
      const name = named[event.key.toLowerCase()];
      const isTyping = event.target.closest?.("input, select, textarea, [contenteditable]");
      if (!name || event.ctrlKey || event.metaKey || event.altKey || (isTyping && isDown) || event.repeat) return;
      change(name, isDown);
    };
    const [down, up] = [listen(true), listen(false)];
    // Another window gets the key's release: release everything, so that no button stays pressed.
    const leave = () => {
      held.current.clear();
      now.current(0);
    };
    addEventListener("keydown", down);
    addEventListener("keyup", up);
    addEventListener("blur", leave);
    return () => {
      leave();
      removeEventListener("blur", leave);
      removeEventListener("keydown", down);
      removeEventListener("keyup", up);
    };
  }, [isActive]);
  return html`
    <div class="keypad" role="group" aria-label="The machine's buttons">
      ${BUTTONS.map(([name, sign, label, key]) => html`<${Key} ...${{ name, sign, label, key_: key, change }} />`)}
    </div>`;
}

function Key({ name, sign, label, key_, change }) {
  const pressed = useRef(false);
  const press = (isDown) => () => {
    if (pressed.current === isDown) return;
    pressed.current = isDown;
    change(name, isDown);
  };
  const byKey = (isDown) => (event) => {
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      press(isDown)();
    }
  };
  // A click without a press before it comes from a screen reader or a script.
  const click = (event) => {
    if (event.detail !== 0 || pressed.current) return;
    press(true)();
    setTimeout(press(false), CLICK_MS);
  };
  const down = (event) => {
    event.currentTarget.setPointerCapture?.(event.pointerId);
    press(true)();
  };
  return html`
    <button type="button" class="key key-${name}" aria-label=${label} aria-keyshortcuts=${key_} title="${label} (${key_})"
      data-button=${name} onPointerDown=${down} onPointerUp=${press(false)} onPointerCancel=${press(false)}
      onLostPointerCapture=${press(false)} onKeyDown=${byKey(true)} onKeyUp=${byKey(false)} onBlur=${press(false)}
      onClick=${click} onContextMenu=${(event) => event.preventDefault()}>${sign}</button>`;
}

/** The emergency stop: once pressed it stays down until it is turned. */
export const Mushroom = ({ isDown, onTurn }) => html`
  <button type="button" class="mushroom ${isDown ? "down" : ""}" aria-pressed=${isDown} onClick=${() => onTurn(!isDown)}>
    <span class="cap" aria-hidden="true"></span>
    <span>${isDown ? "Turn to release" : "Emergency stop"}</span></button>`;

/** The feet: in their wells or out. */
export const Feet = ({ feet, onMove }) => html`
  <div class="feet" role="group" aria-label="Feet in the wells">
    ${["left", "right"].map(
      (name, foot) => html`
      <label class="switch"><input type="checkbox" role="switch" checked=${(feet >> foot) & 1}
        onChange=${() => onMove(feet ^ (1 << foot))} /><span>${words(name)} foot in</span></label>`,
    )}
  </div>`;
