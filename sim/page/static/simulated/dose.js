// The dose: force times time on each part of a foot's length, N s.

/** The number of parts into which a foot's length is divided. */
export const BINS = 48;
const TICK_S = 0.01;

/** The dose of both feet, top and sole: `values` hold the left top, left sole, right top, right sole bins. */
export class Dose {
  constructor(lengthsMm) {
    this.lengthsUm = lengthsMm.map((length) => length * 1000);
    this.values = new Float32Array(4 * BINS);
  }

  /** Add `ticks` ticks in which a roller stood at `um` from the toe tips and pressed with `newton`. */
  add(foot, side, um, newton, ticks) {
    if (newton <= 0) return;
    const bin = Math.floor((um / this.lengthsUm[foot]) * BINS);
    this.values[(2 * foot + side) * BINS + Math.max(0, Math.min(BINS - 1, bin))] += newton * ticks * TICK_S;
  }
}
