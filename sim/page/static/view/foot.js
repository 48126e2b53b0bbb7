// The outline of a foot in millimetres, seen from above: toe tips at the top, the left foot's big toe on the right.

/** Return the function from shares of a foot's length to the picture's millimetres; `length` in mm. */
export function footPlace(foot, length, centre, top) {
  const mirror = foot === 0 ? 1 : -1;
  return ([u, v]) => [centre + mirror * v * length, top + u * length];
}

/** Return the outline as a path. */
export function outlinePath(facts, place) {
  const points = facts.foot.outline.map(place).map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return `M${points.join("L")}Z`;
}

/** Return the place of a toe tool: `station` 0, 2 … are toes, 1, 3 … gaps; `part` 0 is the base, 1 the tip. */
export function stationPoint(facts, station, part) {
  const index = Math.max(0, Math.min(8, station));
  const lower = Math.floor(index);
  const [from, to] = [pointAt(facts, lower, part), pointAt(facts, Math.min(8, lower + 1), part)];
  const share = index - lower;
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

function pointAt({ foot }, station, part) {
  const [base, tip] = station % 2 ? foot.gaps[(station - 1) / 2] : foot.toes[station / 2];
  return [base[0] + (tip[0] - base[0]) * part, base[1] + (tip[1] - base[1]) * part];
}
