// The dose on the skin: force times time along each foot, on its top and on its sole.

import { BINS } from "../simulated/dose.js";
import { html, useEffect, useRef } from "../ui.js";
import { footPlace, outlinePath } from "./foot.js";
import { element, set } from "./svg.js";

const LENGTH = 200;
const PLACES = [
  ["left top", 0, 60],
  ["left sole", 0, 165],
  ["right sole", 1, 285],
  ["right top", 1, 390],
];
const ORDER = [0, 1, 3, 2]; // of the values: left top, left sole, right top, right sole
// The full colour is the largest dose of any part, but at least this one, N s.
const FULL_NS = 120;
let pictures = 0; // each has clip paths of its own

const SO_FAR = "How much force each part of the feet has had so far";

/** Four outlines, filled with the values that `read` returns at every event "news" of `source`. */
export function DosePicture({ source, facts, read, name = SO_FAR }) {
  const root = useRef();
  useEffect(() => {
    const strips = draw(root.current, facts, `dose${++pictures}`);
    const show = () => {
      const values = read();
      if (!values) return;
      const full = Math.max(FULL_NS, ...values);
      strips.forEach((strip, index) => {
        const start = ORDER[index] * BINS;
        strip.bins.forEach(
          (bin, at) => (bin.style.fillOpacity = (0.95 * Math.sqrt(values[start + at] / full)).toFixed(3)),
        );
        const total = values.subarray(start, start + BINS).reduce((sum, value) => sum + value, 0);
        strip.text.textContent = total >= 1 ? `${Math.round(total)} N·s` : "–";
      });
    };
    source.addEventListener("news", show);
    show();
    return () => source.removeEventListener("news", show);
  }, [source]);
  return html`<svg class="dose" ref=${root} role="img" aria-label=${name}></svg>`;
}

function draw(root, facts, id) {
  root.replaceChildren();
  set(root, { viewBox: "0 0 450 262" });
  return PLACES.map(([name, foot, centre], index) => {
    const place = footPlace(foot, LENGTH, centre, 8);
    const path = outlinePath(facts, place);
    const clip = element("clipPath", { id: `${id}-${index}` }, root);
    element("path", { d: path }, clip);
    element("path", { class: "skin", d: path }, root);
    const group = element("g", { "clip-path": `url(#${id}-${index})` }, root);
    const bins = Array.from({ length: BINS }, (_, at) =>
      element(
        "rect",
        {
          class: name.endsWith("top") ? "dose-top" : "dose-sole",
          x: centre - 50,
          width: 100,
          y: 8 + (at * LENGTH) / BINS,
          height: LENGTH / BINS,
          "shape-rendering": "crispEdges",
          "fill-opacity": 0,
        },
        group,
      ),
    );
    element("text", { class: "dose-name", x: centre, y: 232 }, root).textContent = name;
    const text = element("text", { class: "dose-total", x: centre, y: 252 }, root);
    return { bins, text };
  });
}
