// The panels of the simulator that are loaded after the first picture: charts, faults, dose, settings, result, log.

import { clock, html, Panel, words } from "../ui.js";
import { Charts } from "../view/charts.js";
import { DosePicture } from "../view/dose.js";
import { Figures } from "./figures.js";
import { Mishaps } from "./mishaps.js";
import { Setup } from "./setup.js";

export { Playback } from "./playback.js";
export { openRecording } from "./recording.js";

/** The panels below the machine. */
export const Lower = ({ session, facts }) => html`
  <${Panel} id="charts" title="Charts">
    <${Charts} source=${session} facts=${facts} recording=${() => session.recording} /><//>
  <div class="pair">
    <${Panel} id="mishaps" title="Let something go wrong"><${Mishaps} session=${session} facts=${facts} /><//>
    <div class="column">
      <${Panel} id="dose" title="Dose">
        <${DosePicture} source=${session} facts=${facts} read=${() => session.dose} key=${session.wish} />
        <p class="hint">Force times time on each part of the skin, since the session began.</p><//>
      <${Panel} id="events" title="Event log"><${Events} session=${session} facts=${facts} /><//>
    </div>
  </div>`;

/** The panels below the device. */
export const Side = ({ session, facts, begin, keep, open }) => html`
  <${Panel} id="setup" title="New session"><${Setup} facts=${facts} wish=${session.wish} begin=${begin} /><//>
  <${Panel} id="figures" title="Result"><${Figures} session=${session} facts=${facts} />
    <div class="row">
      <button type="button" onClick=${keep}>Keep this session</button>
      <label class="file">Open a kept one<input type="file" accept=".instep"
        onChange=${(event) => {
          open(event.target.files[0]);
          event.target.value = "";
        }} /></label>
    </div><//>`;

const SHOWN = ["state", "technique", "button", "fault"];
const LINES_MAX = 40;

function Events({ session, facts }) {
  const told = session.events.filter(([, kind]) => SHOWN.includes(kind));
  if (!told.length)
    return html`<p class="hint">States, techniques, buttons and faults stand here, the newest first.</p>`;
  return html`<ol class="events" tabindex="0" aria-label="What has happened, the newest first">
    ${told
      .slice(-LINES_MAX)
      .reverse()
      .map(
        ([tick, kind, foot, text]) => html`
      <li class="event-${kind}"><time>${clock(tick)}</time><span>${sentence(facts, kind, foot, text)}</span></li>`,
      )}
  </ol>`;
}

function sentence(facts, kind, foot, text) {
  const said = facts.plain[text] ?? facts.words[text]?.[0] ?? text;
  if (kind === "state") return words(said);
  if (kind === "button") return `Button ${text.toUpperCase()}`;
  if (kind === "technique") return `${words(said)}, ${foot} foot`;
  return `${words(kind)}: ${said}${foot && `, ${foot}`}`;
}
