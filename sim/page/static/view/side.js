// The machine from the side: the foot's own profile as the plant has it, and the two rollers that press on it.

import { foot_surface_m as surface } from "../made/plant.js";
import { element, mixed, set } from "./svg.js";

const TOP = 0;
const SOLE = 1;
const STEP_M = 0.004;
const MM = 1000;
const FLOOR = 120; // mm from the picture's top to the sole's plane
const FIRM_N = 25;

/** Draw one foot's side into `root`; `rows` returns its constants, `layout` says where they stand. */
export function sideView(root, layout) {
  root.replaceChildren();
  set(root, { viewBox: "-24 0 400 168" });
  element("line", { class: "ground", x1: -24, x2: 376, y1: FLOOR + 44, y2: FLOOR + 44 }, root);
  const body = element("path", { class: "skin" }, root);
  const top = sideRoller(root, "top");
  const sole = sideRoller(root, "sole");
  let row = null;

  return {
    /** Take another foot, the plant's constants of it. */
    fit(constants) {
      row = constants;
      set(body, { d: profile(row, layout) });
    },
    /** Show a moment. */
    show(now) {
      if (!row) return;
      body.classList.toggle("out", !now.isIn);
      const rail = (um) => (row[layout.RAIL_M] + (row[layout.RAIL_SLOPE] * um) / 1e6) * MM;
      top.show(now.topUm / 1000, FLOOR - rail(now.topUm) + now.topTravelUm / 1000, now.topN, -1);
      sole.show(now.soleUm / 1000, FLOOR + row[layout.SOLE_PLANE_M] * MM - now.soleTravelUm / 1000, now.soleN, 1);
    },
  };
}

function profile(row, layout) {
  const length = row[layout.LENGTH_M];
  const above = [];
  const below = [];
  for (let x = 0; x <= length; x += STEP_M) {
    const height = row[layout.RAIL_M] + row[layout.RAIL_SLOPE] * x - surface(row, TOP, x);
    above.push([x * MM, FLOOR - height * MM]);
    below.unshift([x * MM, FLOOR + (row[layout.SOLE_PLANE_M] - surface(row, SOLE, x)) * MM]);
  }
  const points = [...above, ...below].map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return `M${points.join("L")}Z`;
}

function sideRoller(parent, kind) {
  const group = element("g", { class: `roller ${kind}` }, parent);
  const stem = element("line", { class: "stem", x1: 0, x2: 0, y1: 0 }, group);
  const disc = element("circle", { r: 15 }, group);
  const text = element("text", { class: "force", x: 0 }, group);
  return {
    /** `edge` is where the roller's rim meets the foot; `side` -1 above it, 1 below it. */
    show(x, edge, newton, side) {
      set(group, { transform: `translate(${x.toFixed(1)} ${(edge + 15 * side).toFixed(1)})` });
      set(stem, { y2: side * 60 });
      set(text, { y: 4 });
      text.textContent = newton >= 0.5 ? newton.toFixed(0) : "";
      disc.style.fill = mixed(newton > 35 ? "danger" : kind, 0.2 + (0.8 * newton) / FIRM_N, "card");
      group.classList.toggle("touching", newton > 0);
    },
  };
}
