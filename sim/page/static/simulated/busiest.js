// Where the machine massages at a moment: a mishap elsewhere would make no difference yet.

import { columnAt } from "./columns.js";

const FEET = ["left", "right"];
const FORCES = { sole: "soleN", top: "topN" };

/**
 * Return { foot, roller } of the roller that presses most in a row of the columns; before anything presses, and
 * without a row, the left sole's.
 * @param {string} foot "left" or "right" to look at this foot alone, "" for both
 * @param {string} roller "sole" or "top" to look at this roller alone, "" for both
 */
export function busiest(row, foot = "", roller = "") {
  let best = { foot: foot || FEET[0], roller: roller || "sole" };
  let most = 0;
  for (const [index, name] of FEET.entries()) {
    for (const [side, column] of Object.entries(FORCES)) {
      if ((foot && foot !== name) || (roller && roller !== side)) continue;
      const newton = row ? row[columnAt(column, index)] : 0;
      if (newton > most) {
        most = newton;
        best = { foot: name, roller: side };
      }
    }
  }
  return best;
}
