// The dose that the program will give: the firmware's own scheduler plays it, faster than real time.

import { html, useEffect, useMemo, useState } from "../ui.js";
import { DosePicture } from "../view/dose.js";

const TICKS_PER_S = 100;
// The checker answers first; the dose is computed when nothing has changed for this time.
const WAIT_MS = 700;

/** The dose of the last valid program. */
export function PlannedDose({ python, facts, said }) {
  const source = useMemo(() => Object.assign(new EventTarget(), { values: null }), []);
  const [share, setShare] = useState(0);
  const image = said?.image;
  const usualTicks = image ? said.proof.cycle_s[1] * TICKS_PER_S : 1;
  const take = ({ values, ticks, is_done: isDone }) => {
    source.values = Float32Array.from(values);
    source.dispatchEvent(new Event("news"));
    setShare(isDone ? 1 : Math.min(0.99, ticks / usualTicks));
  };
  useEffect(() => {
    if (!image) return undefined;
    setShare(0);
    const timer = setTimeout(async () => {
      const whole = await python.dose(image, said.minutes, take);
      if (whole) take(whole);
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      python.dose("", 0);
    };
  }, [image]);
  const length = said?.minutes ? `a session of ${said.minutes} minutes` : "one cycle";
  return html`
    <${DosePicture} source=${source} facts=${facts} read=${() => source.values} name="How much force each part of the feet will get" />
    <p class="hint" role="status" data-dose=${share}>${
      !image
        ? share
          ? "This dose is that of the text before the violations."
          : "The dose stands here when the program is good to play."
        : share === 1
          ? `Force times time on each part of the skin in ${length}, at intensity 3 and pace 2, as far as the set points are met.`
          : `One cycle is being played … ${Math.round(100 * share)} %`
    }</p>`;
}
