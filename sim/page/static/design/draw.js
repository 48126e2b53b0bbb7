// The outline of a foot to draw strokes on: with the mouse, a finger, or as a way that is typed in.

import { html, useEffect, useRef } from "../ui.js";
import { footPlace, outlinePath } from "../view/foot.js";
import { element, set } from "../view/svg.js";

const LENGTH = 260;
const CENTRE = 90;
const TOP = 16;

/** A foot; `onDrawn` gets the places of a stroke, per mille of the foot from the toe tips, as the hand went. */
export function DrawingFoot({ facts, colour, places, onDrawn }) {
  const root = useRef();
  const line = useRef();
  useEffect(() => {
    const svg = root.current;
    svg.replaceChildren();
    set(svg, { viewBox: `0 0 180 ${LENGTH + 2 * TOP}` });
    element("path", { class: "skin", d: outlinePath(facts, footPlace(0, LENGTH, CENTRE, TOP)) }, svg);
    line.current = element("polyline", { class: "drawn", points: "" }, svg);
    let drawn = null;
    const point = (event) => {
      const box = svg.getBoundingClientRect();
      const scale = 180 / box.width;
      return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    };
    const down = (event) => {
      svg.setPointerCapture(event.pointerId);
      drawn = [point(event)];
    };
    const move = (event) => {
      if (!drawn) return;
      drawn.push(point(event));
      set(line.current, { points: drawn.map((one) => one.join(",")).join(" ") });
    };
    const up = () => {
      if (!drawn) return;
      onDrawn(drawn.map(([, y]) => Math.max(0, Math.min(1000, ((y - TOP) / LENGTH) * 1000))));
      drawn = null;
    };
    svg.onpointerdown = down;
    svg.onpointermove = move;
    svg.onpointerup = svg.onpointercancel = up;
  }, [facts]);
  useEffect(() => {
    line.current.style.stroke = `var(--${colour})`;
    if (places.length) return;
    set(line.current, { points: "" });
  }, [colour, places]);
  return html`<svg class="drawing" ref=${root} role="img" aria-label="Draw a stroke along this foot"></svg>`;
}
