// The editor of a stroke: its way on the foot, its force and speed as curves.

import { html, Segments, useState } from "../ui.js";
import { Curve } from "./curve.js";
import { DrawingFoot } from "./draw.js";

/** The foot, the curves over the stroke, and the way as numbers; `change` adds a stroke to the text. */
export function Drawing({ facts, said, change }) {
  const [side, setSide] = useState("sole");
  const [places, setPlaces] = useState([]);
  const [forces, setForces] = useState([8, 18, 24, 14, 6]);
  const [speeds, setSpeeds] = useState([40, 30, 20, 30, 40]);
  const [way, setWay] = useState("0 1000 0");
  const add = async (stroke) => {
    await change({ act: "draw", side, places: stroke, forces, speeds });
    setPlaces([]);
  };
  return html`
    <div class="draw">
      <${DrawingFoot} facts=${facts} colour=${side} places=${places} ways=${waysOf(said, side)} onDrawn=${setPlaces} />
      <div class="curves">
        <${Segments} label="Roller" value=${side} options=${[["sole", "Sole"], ["top", "Top"]]} onChoose=${setSide} />
        <${Curve} label="Force along the stroke, N" unit="N" values=${forces} low=${0} high=${35} step=${1} onChange=${setForces} colour=${side} />
        <${Curve} label="Speed along the stroke, mm/s" unit="mm/s" values=${speeds} low=${5} high=${100} step=${5} onChange=${setSpeeds} colour="good" />
        <button type="button" class="primary" disabled=${places.length < 2} onClick=${() => add(places)}>Add the drawn stroke</button>
        <label class="field"><span>Or its way by numbers: 0 the toe tips, 1000 heel or ankle</span>
          <input type="text" inputmode="numeric" value=${way} onInput=${(event) => setWay(event.target.value)} /></label>
        <button type="button" onClick=${() => add(numbersOf(way))}>Add this way</button>
      </div>
    </div>`;
}

const numbersOf = (text) =>
  text
    .trim()
    .split(/[\s,]+/)
    .map(Number)
    .filter(Number.isFinite);

/** Return the ways of a roller in the program's own strokes: places per mille of the foot, from the toe tips. */
function waysOf(said, side) {
  const paths = (said?.phases ?? []).filter(({ fields }) => Array.isArray(fields.waypoints));
  return paths.map(({ fields }) => [0, ...fields.waypoints.map((one) => one[side]).filter(Number.isFinite)]);
}
