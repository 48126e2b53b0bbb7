// Sliders that change a shipped person, and the file of the result for `instep sim --person`.

import { html, save } from "../ui.js";

const STIFFNESS = ["toes_n_per_mm", "ball_n_per_mm", "arch_n_per_mm", "heel_n_per_mm", "instep_n_per_mm"];
const OWN = "yours";

// A slider: its name, unit, the keys that it scales or sets, and its range.
const SLIDERS = [
  { name: "Length", unit: "mm", keys: ["length_left_mm", "length_right_mm"], low: 203, high: 320, step: 0.5 },
  { name: "Width", unit: "mm", keys: ["width_mm"], low: 70, high: 140, step: 1 },
  { name: "Stiffness", unit: "×", keys: STIFFNESS, low: 0.5, high: 1.5, step: 0.05, isFactor: true },
  { name: "Arch", unit: "mm", keys: ["arch_height_mm"], low: 0, high: 20, step: 0.5 },
  { name: "Skin at first", unit: "°C", keys: ["skin_start_c"], low: 15, high: 36, step: 0.5 },
];

/** The sliders; `onChange` gets the changed fields of the wish. */
export function PersonSliders({ facts, wish, onChange }) {
  const base = facts.people[wish.base].figures;
  const shown = ({ keys, isFactor }) => (isFactor ? wish.figures[keys[0]] / base[keys[0]] : wish.figures[keys[0]]);
  const slide = (slider, value) => {
    const figures = { ...wish.figures };
    const shift = value - figures[slider.keys[0]];
    for (const key of slider.keys) {
      const changed = slider.isFactor ? base[key] * value : figures[key] + shift;
      const [low, high] = rangeOf(facts, key);
      figures[key] = Math.min(high, Math.max(low, Math.round(changed * 1000) / 1000));
    }
    onChange({ figures, person: OWN });
  };
  return html`
    <div class="sliders">
      ${SLIDERS.map(
        (slider) => html`
        <label class="slider"><span>${slider.name}</span>
          <input type="range" min=${slider.low} max=${slider.high} step=${slider.step} value=${shown(slider)}
            onInput=${(event) => slide(slider, Number(event.target.value))} />
          <output>${shown(slider).toFixed(slider.step < 0.1 ? 2 : 1)} ${slider.unit}</output></label>`,
      )}
      <button type="button" onClick=${() => save(`${wish.person}.toml`, [personFile(facts, wish)], "application/toml")}>
        Save as a person's file</button>
    </div>`;
}

function rangeOf(facts, key) {
  const [, range] = Object.entries(facts.ranges).find(([name]) => name.split(".")[1] === key);
  return range;
}

/** Return the person as the file that `instep sim --person` reads. */
export function personFile(facts, wish) {
  const lines = [`# Feet that were made in the page, from the person ${wish.base}.`];
  let table = "";
  for (const place of Object.keys(facts.ranges)) {
    const [owner, key] = place.split(".");
    if (owner !== table) lines.push("", `[${owner}]`);
    table = owner;
    lines.push(`${key} = ${toml(wish.figures[key])}`);
  }
  return `${lines.join("\n")}\n`;
}

const toml = (value) => (Array.isArray(value) ? `[${value.map(toml).join(", ")}]` : decimal(value));
const decimal = (value) => (Number.isInteger(value) ? `${value}.0` : String(value));
