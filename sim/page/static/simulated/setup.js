// The settings of the next session: program, person, room, seed, and whether a simulated person answers.

import { Choice, html, useState, words } from "../ui.js";
import { PersonSliders } from "./people.js";

/** The settings of a session; `begin` starts it with a wish. */
export function Setup({ facts, wish, begin }) {
  const [now, change] = useState(wish);
  const set = (some) => change({ ...now, ...some });
  const { levels } = facts;
  const programs = facts.programs.map(({ name, title }) => [name, title]);
  if (now.text) programs.push([now.program, `${now.program} (designed)`]);
  const choosePerson = (person) => set({ person, base: person, figures: facts.people[person].figures });
  const numbers = (low, high) => Array.from({ length: high - low + 1 }, (_, index) => [low + index, low + index]);
  const isOwn = !facts.people[now.person];
  return html`
    <form class="setup" onSubmit=${(event) => {
      event.preventDefault();
      begin(now);
    }}>
      <${Choice} label="Program" value=${now.program} options=${programs} onChoose=${(program) => set({ program })} />
      <${Choice} label="Person" value=${now.person} onChoose=${choosePerson}
        options=${[...Object.keys(facts.people).map((name) => [name, words(name)]), ...(isOwn ? [[now.person, "Your own"]] : [])]} />
      <${Choice} label="Intensity" value=${now.intensity} options=${numbers(1, 5)} onChoose=${(value) => set({ intensity: Number(value) })} />
      <${Choice} label="Pace" value=${now.pace} options=${numbers(1, 3)} onChoose=${(value) => set({ pace: Number(value) })} />
      <${Choice} label="Heat" value=${now.heat ?? ""} options=${[["", "program's"], ...levels.heat.map((name) => [name, name])]}
        onChoose=${(heat) => set({ heat: heat || null })} />
      <${Choice} label="Minutes" value=${now.minutes ?? ""} options=${[["", "program's"], ...levels.minutes.map((value) => [value, value])]}
        onChoose=${(minutes) => set({ minutes: minutes ? Number(minutes) : null })} />
      <label class="field"><span>Room, °C</span><input type="number" min="10" max="35" step="0.5" required
        value=${now.ambient_c} onInput=${(event) => set({ ambient_c: Number(event.target.value) })} /></label>
      <label class="field"><span>Seed, 0 to ${facts.starts_m.length - 1}</span><input type="number" min="0" max=${facts.starts_m.length - 1}
        step="1" required value=${now.seed} onInput=${(event) => set({ seed: Number(event.target.value) })} /></label>
      <label class="switch wide"><input type="checkbox" role="switch" checked=${now.answered}
        onChange=${(event) => set({ answered: event.target.checked })} /><span>A simulated person answers the questions,
        as with <code>instep sim</code></span></label>
      <details class="wide"><summary>Other feet</summary>
        <${PersonSliders} facts=${facts} wish=${now} onChange=${set} /></details>
      <button type="submit" class="primary wide">Begin this session</button>
    </form>`;
}
