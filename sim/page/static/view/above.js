// The machine from above: wells, feet to scale, rollers, toe tools and holds; force and warmth as colour.

import { footPlace, outlinePath, stationPoint } from "./foot.js";
import { element, mixed, set } from "./svg.js";

const WIDTH = 360;
const HEIGHT = 404;
const CENTRES = [92, 268];
const TOP = 40;
const ROLLER_MM = 66;
const FIRM_N = 25;
// Colours of the skin side from the room's temperature to the maximum set point.
const COOL_C = 22;
const WARM_C = 41;

/** Draw the machine into `root`; return the functions that change the feet's lengths and show a row. */
export function aboveView(root, facts) {
  root.replaceChildren();
  set(root, { viewBox: `0 0 ${WIDTH} ${HEIGHT}` });
  const wells = [0, 1].map((foot) => well(root, facts, foot));
  return {
    lengths: (millimetres) => wells.forEach((one, foot) => one.fit(millimetres[foot])),
    show: (feet) => wells.forEach((one, foot) => one.show(feet[foot])),
  };
}

function well(root, facts, foot) {
  const centre = CENTRES[foot];
  const group = element("g", { class: "well" }, root);
  element("rect", { class: "well-edge", x: centre - 78, y: 6, width: 156, height: HEIGHT - 12, rx: 46 }, group);
  const label = element("text", { class: "well-name", x: centre, y: HEIGHT - 18 }, group);
  label.textContent = foot ? "right" : "left";
  const whole = element("g", { class: "foot" }, group);
  const halo = element("path", { class: "halo" }, whole);
  const shape = element("path", { class: "skin" }, whole);
  const holds = element("g", { class: "holds" }, group);
  const arch = [-1, 1].map((side) => [side, element("path", { class: "hold" }, holds)]);
  const heel = element("path", { class: "hold" }, holds);
  const sole = roller(group, "sole", centre);
  const top = roller(group, "top", centre);
  const tool = toeTool(group);
  let length = 262;
  let place = footPlace(foot, length, centre, TOP);

  const fit = (millimetres) => {
    length = millimetres;
    place = footPlace(foot, length, centre, TOP);
    const path = outlinePath(facts, place);
    set(halo, { d: path });
    set(shape, { d: path });
  };
  fit(length);

  const show = (now) => {
    whole.classList.toggle("out", !now.isIn);
    const warmth = (now.skinC - COOL_C) / (WARM_C - COOL_C) || 0;
    halo.style.stroke = mixed("danger", 0.15 + 0.85 * Math.max(0, warmth), "left");
    halo.style.strokeOpacity = 0.12 + 0.4 * Math.max(0, Math.min(1, warmth));
    top.show(TOP + now.topUm / 1000, now.topN);
    sole.show(TOP + now.soleUm / 1000, now.soleN);
    for (const [side, path] of arch) holdAtArch(path, side, place, now.archN);
    holdAtHeel(heel, place, now.heelN);
    tool.show(facts, place, now, length);
  };
  return { fit, show };
}

function roller(parent, kind, centre) {
  const width = kind === "top" ? ROLLER_MM : ROLLER_MM + 34;
  const group = element("g", { class: `roller ${kind}` }, parent);
  const bar = element("rect", { x: centre - width / 2, width, height: 11, rx: 5.5 }, group);
  const text = element("text", { x: centre + (kind === "top" ? 0 : width / 2 - 3), class: "force" }, group);
  return {
    show(y, newton) {
      set(bar, { y: (y - 5.5).toFixed(1) });
      set(text, { y: (y + (kind === "top" ? -10 : 21)).toFixed(1) });
      text.textContent = newton >= 0.5 ? `${newton.toFixed(0)} N` : "";
      bar.style.fill = mixed(newton > 35 ? "danger" : kind, 0.2 + (0.8 * newton) / FIRM_N, "card");
      group.classList.toggle("touching", newton > 0);
    },
  };
}

function holdAtArch(path, side, place, newton) {
  const away = 0.215 - 0.04 * Math.min(1, newton / 10);
  const [x, y] = place([0.56, side * away - 0.02]);
  const [, end] = place([0.68, 0]);
  set(path, { d: `M${x.toFixed(1)} ${y.toFixed(1)}L${x.toFixed(1)} ${end.toFixed(1)}` });
  path.style.stroke = mixed("good", newton / 10, "line");
}

function holdAtHeel(path, place, newton) {
  const gap = 0.05 - 0.035 * Math.min(1, newton / 10);
  const [left, middle, right] = [
    [0.955 + gap, -0.13],
    [1.045 + gap, 0],
    [0.955 + gap, 0.13],
  ].map(place);
  set(path, { d: `M${left}Q${middle} ${right}` });
  path.style.stroke = mixed("good", newton / 10, "line");
}

function toeTool(parent) {
  const group = element("g", { class: "toe-tool" }, parent);
  const jaws = [-1, 1].map((side) => [side, element("rect", { width: 4, height: 15, rx: 2, x: -2, y: -7.5 }, group)]);
  return {
    show(facts, place, now, length) {
      const toe = Math.max(0, Math.min(8, Math.round(now.station)));
      const free = (length * facts.foot.station_permille[toe]) / 1000;
      const [u, v] = stationPoint(facts, now.station, now.reachUm / 1000 / free);
      const [x, y] = place([u, v]);
      set(group, { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${now.turnDeg.toFixed(1)})` });
      const apart = 9 - 3 * Math.min(1, now.gripN / 3.5);
      for (const [side, jaw] of jaws) set(jaw, { x: (side * apart - 2).toFixed(1) });
      group.style.fill = mixed("pull", 0.35 + now.gripN / 5, "soft");
    },
  };
}
