// The outline of a foot to draw strokes on, with the mouse, a finger or typed places.

import { html, useEffect, useRef } from "../ui.js";
import { footPlace, outlinePath } from "../view/foot.js";
import { element, set } from "../view/svg.js";

const LENGTH = 260;
const CENTRE = 90;
const TOP = 16;
const SPREAD = 44;

/** A foot; `onDrawn` gets the places of a stroke, per mille of the foot from the toe tips, in the order of drawing. */
export function DrawingFoot({ facts, colour, places, ways, onDrawn }) {
  const root = useRef();
  const line = useRef();
  const known = useRef();
  useEffect(() => {
    const svg = root.current;
    svg.replaceChildren();
    set(svg, { viewBox: `0 0 180 ${LENGTH + 2 * TOP}` });
    element("path", { class: "skin", d: outlinePath(facts, footPlace(0, LENGTH, CENTRE, TOP)) }, svg);
    const hint = element("text", { class: "draw-hint", x: CENTRE, y: TOP + LENGTH / 2 }, svg);
    hint.textContent = "draw here";
    known.current = element("g", {}, svg);
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
      hint.remove();
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
  useEffect(() => {
    known.current.replaceChildren();
    for (const way of ways) showWay(known.current, way, colour);
  }, [JSON.stringify(ways), colour]);
  return html`<svg class="drawing" ref=${root} role="img" aria-label="Draw a stroke along this foot"></svg>`;
}

/** Draw a stroke of the program as a line to and fro, which goes from left to right across the foot. */
function showWay(parent, way, colour) {
  const step = SPREAD / Math.max(1, way.length - 1);
  const at = (place, index) => [CENTRE - SPREAD / 2 + index * step, TOP + (place * LENGTH) / 1000];
  const line = element(
    "polyline",
    { class: "way", points: way.map((place, index) => at(place, index).join(",")).join(" ") },
    parent,
  );
  line.style.stroke = `var(--${colour})`;
}
