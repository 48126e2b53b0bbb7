// The machine as a picture: from above and from the side; `read` returns the row to show.

import { namedRow, restRow } from "../simulated/columns.js";
import { html, useEffect, useRef } from "../ui.js";
import { aboveView } from "./above.js";
import { sideView } from "./side.js";

const AT_REST = restRow();

/** Both pictures of the machine; `profile` returns the plant's constants of both feet. */
export function MachinePicture({ source, facts, read, lengths, profile }) {
  const above = useRef();
  const sides = [useRef(), useRef()];
  useEffect(() => {
    const view = aboveView(above.current, facts);
    const profiles = sides.map((side) => sideView(side.current, facts));
    let fitted = "";
    let shown = null;
    let waits = false;
    const draw = () => {
      waits = false;
      const row = read() ?? AT_REST;
      if (row === shown || !above.current) return;
      shown = row;
      const now = namedRow(row);
      const text = `${lengths()} ${Boolean(profile())}`;
      if (text !== fitted) {
        fitted = text;
        view.lengths(lengths());
        profiles.forEach((one, foot) => profile() && one.fit(profile()[foot]));
      }
      view.show(now.feet);
      profiles.forEach((one, foot) => one.show(now.feet[foot]));
    };
    const later = () => {
      if (!waits) requestAnimationFrame(draw);
      waits = true;
    };
    source.addEventListener("now", later);
    later();
    return () => source.removeEventListener("now", later);
  }, [source]);
  return html`
    <div class="pictures">
      <svg class="above" ref=${above} role="img" aria-label="The machine from above: both feet, rollers, toe tools and holds"></svg>
      <div class="sides">
        ${["left", "right"].map(
          (name, foot) => html`
          <figure class="side"><svg ref=${sides[foot]} role="img" aria-label="The ${name} foot from the side"></svg>
            <figcaption>${name} foot, from the side</figcaption></figure>`,
        )}
        <p class="legend"><span><span class="dot dot-top"></span>top roller</span> <span><span class="dot dot-sole"></span>sole roller</span>
          <span><span class="dot dot-pull"></span>toe tool</span> <span><span class="dot dot-good"></span>holds</span></p>
      </div>
    </div>`;
}
