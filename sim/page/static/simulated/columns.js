// The columns of a recorded session: one row every 50 ms, numbers only. Charts, pictures and playback read them.

/** The columns of each foot. */
export const FOOT_COLUMNS = [
  "isIn",
  "topUm",
  "soleUm",
  "topTargetUm",
  "soleTargetUm",
  "topN",
  "soleN",
  "topTargetN",
  "soleTargetN",
  "topTravelUm",
  "soleTravelUm",
  "station",
  "reachUm",
  "turnDeg",
  "gripN",
  "archN",
  "heelN",
  "skinC",
  "elementC",
  "footC",
  "heatPermille",
];

/** The columns of the whole machine; those of the left and the right foot follow. */
export const MACHINE_COLUMNS = ["tick", "state", "supplyV", "isRelayClosed"];

/** The number of columns. */
export const ROW = MACHINE_COLUMNS.length + 2 * FOOT_COLUMNS.length;

/** Return the index of a column in a row; `foot` is 0 or 1 for a foot's column. */
export function columnAt(name, foot) {
  if (foot === undefined) return MACHINE_COLUMNS.indexOf(name);
  return MACHINE_COLUMNS.length + foot * FOOT_COLUMNS.length + FOOT_COLUMNS.indexOf(name);
}

/** Return a row as an object: the machine's columns, and `feet`. */
export function namedRow(row) {
  const named = {};
  MACHINE_COLUMNS.forEach((name, index) => (named[name] = row[index]));
  named.feet = [0, 1].map((foot) => {
    const start = MACHINE_COLUMNS.length + foot * FOOT_COLUMNS.length;
    return Object.fromEntries(FOOT_COLUMNS.map((name, index) => [name, row[start + index]]));
  });
  return named;
}

/** Return a row of a machine at rest with its feet in, to draw before the first values arrive. */
export function restRow() {
  const row = new Float32Array(ROW);
  for (const foot of [0, 1]) {
    row[columnAt("isIn", foot)] = 1;
    row[columnAt("reachUm", foot)] = 60_000;
  }
  return row;
}
