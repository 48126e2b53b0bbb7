// A curve of a few values over a stroke, changed with the mouse, a finger or the arrow keys.

import { html, useRef } from "../ui.js";

const WIDTH = 300;
const HEIGHT = 96;
const EDGE = 12;

/** A curve with a handle for each of `values`, between `low` and `high`. */
export function Curve({ label, unit, values, low, high, step, onChange, colour }) {
  const root = useRef();
  const x = (index) => EDGE + (index * (WIDTH - 2 * EDGE)) / (values.length - 1);
  const y = (value) => HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const set = (index, value) => {
    const rounded = Math.max(low, Math.min(high, Math.round(value / step) * step));
    onChange(values.map((old, at) => (at === index ? rounded : old)));
  };
  const drag = (index) => (event) => {
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = root.current.getBoundingClientRect();
    const share = 1 - ((event.clientY - box.top) / box.height - EDGE / HEIGHT) / (1 - (2 * EDGE) / HEIGHT);
    set(index, low + share * (high - low));
  };
  const key = (index) => (event) => {
    const by = { ArrowUp: step, ArrowRight: step, ArrowDown: -step, ArrowLeft: -step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(index, values[index] + by);
  };
  const points = values.map((value, index) => `${x(index)},${y(value)}`).join(" ");
  return html`
    <figure class="curve"><figcaption>${label}</figcaption>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" ref=${root} role="group" aria-label=${label}>
        <polyline points=${points} style=${{ stroke: `var(--${colour})` }} />
        ${values.map(
          (value, index) => html`
          <g class="handle" tabindex="0" role="slider" aria-label="${label}, part ${index + 1}" aria-valuemin=${low}
            aria-valuemax=${high} aria-valuenow=${value} aria-valuetext="${value} ${unit}" onPointerDown=${drag(index)}
            onPointerMove=${drag(index)} onKeyDown=${key(index)}>
            <circle cx=${x(index)} cy=${y(value)} r="9" style=${{ fill: `var(--${colour})` }} />
            <text x=${x(index)} y=${y(value) - 12 < 10 ? y(value) + 24 : y(value) - 12}>${value}</text>
          </g>`,
        )}
      </svg></figure>`;
}
