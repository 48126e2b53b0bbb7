// The machine from the side: the foot's own profile as the plant has it, and the two rollers that press on it.

import { foot_surface_m as surface } from "../made/plant.js";
import { element, mixed, set } from "./svg.js";

const TOP = 0;
const SOLE = 1;
const STEP_M = 0.004;
const MM = 1000;
const FLOOR = 120; // mm from the picture's top to the sole's plane
const FIRM_N = 25;
const HEEL_M = 0.03; // where the heel begins to be round
const LEG_TOP = 2;

/** Draw one foot's side into `root`; `rows` returns its constants, `layout` says where they stand. */
export function sideView(root, { layout: { foot: layout }, foot: { top_permille: ankle } }) {
  root.replaceChildren();
  set(root, { viewBox: "-24 0 400 168" });
  element("line", { class: "ground", x1: -24, x2: 376, y1: FLOOR + 44, y2: FLOOR + 44 }, root);
  const body = element("path", { class: "skin" }, root);
  const top = sideRoller(root, "top");
  const sole = sideRoller(root, "sole");
  let row = null;

  return {
    /** Take another foot by the plant's constants. */
    fit(constants) {
      row = constants;
      set(body, { d: profile(row, layout, ankle / 1000) });
    },
    /** Show a row. */
    show(now) {
      if (!row) return;
      body.classList.toggle("out", !now.isIn);
      const rail = (um) => (row[layout.RAIL_M] + (row[layout.RAIL_SLOPE] * um) / 1e6) * MM;
      top.show(now.topUm / 1000, FLOOR - rail(now.topUm) + now.topTravelUm / 1000, now.topN, -1);
      sole.show(now.soleUm / 1000, FLOOR + row[layout.SOLE_PLANE_M] * MM - now.soleTravelUm / 1000, now.soleN, 1);
    },
  };
}

/** Return the outline: the plant's surfaces within the rollers' reach, continued by heel and leg. */
function profile(row, layout, ankle) {
  const length = row[layout.LENGTH_M];
  const above = (x) => FLOOR - (row[layout.RAIL_M] + row[layout.RAIL_SLOPE] * x - surface(row, TOP, x)) * MM;
  const below = (x) => FLOOR + (row[layout.SOLE_PLANE_M] - surface(row, SOLE, x)) * MM;
  const end = length * ankle;
  const heel = length - HEEL_M;
  const top = along(0, end).map((x) => point(x, above(x)));
  const sole = along(0, heel).map((x) => point(x, below(x)));
  const slope = (above(end) - above(end - STEP_M)) / (STEP_M * MM);
  const [endY, backX, soleY] = [above(end), length * MM, below(heel)];
  const shin = `C${point(end + 0.006, endY + 6 * slope)} ${point(end + 0.009, endY - 12)} ${point(end + 0.008, LEG_TOP)}`;
  const calf = `L${point(length + 0.008, LEG_TOP)}C${point(length - 0.006, endY)} ${point(length + 0.006, soleY - 40)} ${point(length + 0.004, soleY - 22)}`;
  const round = `C${(backX + 2).toFixed(1)} ${(soleY - 4).toFixed(1)} ${(backX - 12).toFixed(1)} ${soleY.toFixed(1)} ${point(heel, soleY)}`;
  const toe = `Q${point(-0.014, (above(0) + below(0)) / 2)} ${point(0, above(0))}`;
  return `M${top.join("L")}${shin}${calf}${round}L${sole.reverse().join("L")}${toe}Z`;
}

const point = (x, y) => `${(x * MM).toFixed(1)} ${y.toFixed(1)}`;

function along(from, to) {
  const places = [];
  for (let x = from; x < to; x += STEP_M) places.push(x);
  return [...places, to];
}

function sideRoller(parent, kind) {
  const group = element("g", { class: `roller ${kind}` }, parent);
  const stem = element("line", { class: "stem", x1: 0, x2: 0, y1: 0 }, group);
  const disc = element("circle", { r: 15 }, group);
  const text = element("text", { class: "force", x: 0 }, group);
  return {
    /** Draw a roller whose rim meets the foot at `edge`; `side` is -1 above the foot, 1 below it. */
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
