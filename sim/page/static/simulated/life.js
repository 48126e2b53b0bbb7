// The simulated life: the machine, your hands on it, time, mishaps, figures.

import { clock, html, Panel, save, useEffect, useEvents, useRef, useState, words } from "../ui.js";
import { Charts } from "../view/charts.js";
import { Feet, Glass, Keypad, Mushroom } from "../view/device.js";
import { DosePicture } from "../view/dose.js";
import { MachinePicture } from "../view/machine.js";
import { wishFor } from "../wish.js";
import { Figures } from "./figures.js";
import { Mishaps } from "./mishaps.js";
import { Playback } from "./playback.js";
import { openRecording } from "./recording.js";
import { Session } from "./session.js";
import { Setup } from "./setup.js";
import { TimeBar } from "./time.js";

/** The simulated life; `order` is what to play, from the designer, and is taken when it changes. */
export function SimulatedLife({ facts, files, isShown, order }) {
  const [session, setSession] = useState(null);
  const kept = useRef(null);
  const begin = (some) => {
    kept.current?.close();
    const wish = wishFor(facts, some);
    const all = facts.programs.map(({ name }) => name).filter((name) => name !== wish.program);
    const programs = wish.answered ? [wish.program, "gentle"] : [wish.program, ...all];
    const extra = wish.text ? { [`/programs/${wish.program}.bin`]: wish.image } : {};
    kept.current = new Session(facts, { ...files, ...extra }, { ...wish, programs });
    if (wish.speed) kept.current.setSpeed(wish.speed);
    window.instep = { session: kept.current }; // for those who look behind it, the tests among them
    setSession(kept.current);
  };
  useEffect(() => begin({ answered: false, ...order }), [order]);
  useEffect(() => {
    if (session && !isShown) session.pause(true);
  }, [isShown]);
  if (!session) return null;
  return html`<${Life} ...${{ session, facts, begin, isShown }} />`;
}

function Life({ session, facts, begin, isShown }) {
  useEvents(session, "news", () => session.news);
  const [opened, setOpened] = useState(null);
  const [problem, setProblem] = useState("");
  const { wish } = session;
  const lengths = () => [wish.figures.length_left_mm, wish.figures.length_right_mm];
  const open = async (file) => {
    if (!file) return;
    try {
      setOpened(await openRecording(file));
      setProblem("");
    } catch (error) {
      setProblem(error.message);
    }
  };
  const keep = async () => {
    save(`${wish.program}-${wish.person}-${wish.seed}.instep`, [await session.recording.pack()], "application/gzip");
  };
  return html`
    <h1 class="unseen">The simulated machine</h1>
    ${(session.problem || problem) && html`<p class="problem" role="alert">${session.problem || problem}</p>`}
    ${opened && html`<${Playback} recording=${opened} facts=${facts} onClose=${() => setOpened(null)} />`}
    <div class="life" hidden=${Boolean(opened)}>
      <div class="column">
        <${Panel} id="machine" kind="first" title="The machine" more=${html`<${Now} ...${{ session, facts }} />`}>
          <${MachinePicture} source=${session} facts=${facts} read=${() => session.row} lengths=${lengths}
            profile=${() => session.profile} key=${wish} />
        <//>
        <${Panel} id="charts" title="Measured">
          <${Charts} source=${session} facts=${facts} recording=${() => session.recording} /><//>
        <div class="pair">
          <${Panel} id="mishaps" title="Mishaps"><${Mishaps} session=${session} facts=${facts} /><//>
          <${Panel} id="dose" title="Dose">
            <${DosePicture} source=${session} facts=${facts} read=${() => session.dose} key=${wish} />
            <p class="hint">Force times time on each part of the skin, since the session began.</p><//>
        </div>
      </div>
      <div class="column">
        <${Panel} id="device" kind="second" title="Your hands on it">
          <${Glass} target=${session} read=${() => session.points} text=${session.screen} />
          <${Keypad} masks=${facts.buttons} hold=${(mask) => session.hold(mask)} isActive=${isShown} />
          <div class="row spread">
            <${Feet} feet=${session.feet} onMove=${(feet) => session.setFeet(feet)} />
            <${Mushroom} isDown=${session.isMushroomDown} onTurn=${(isDown) => session.setMushroom(isDown)} />
          </div>
        <//>
        <${Panel} id="time" kind="third" title="Time">
          <${TimeBar} session=${session} onAgain=${() => begin({ ...wish, speed: session.speed })} /><//>
        <${Panel} id="setup" title="The session"><${Setup} facts=${facts} wish=${wish} begin=${begin} /><//>
        <${Panel} id="figures" title="Figures"><${Figures} session=${session} facts=${facts} />
          <div class="row">
            <button type="button" onClick=${keep}>Keep this session</button>
            <label class="file">Open a kept one<input type="file" accept=".instep"
              onChange=${(event) => open(event.target.files[0])} /></label>
          </div><//>
        <${Panel} id="events" title="What has happened"><${Events} session=${session} /><//>
      </div>
    </div>`;
}

/** What the machine does now, in a few words. */
function Now({ session, facts }) {
  if (!session.row) return html`<p class="now" role="status">being put together …</p>`;
  const state = facts.states[session.row[1]] ?? "";
  const technique = [...session.events].reverse().find(([, kind]) => kind === "technique");
  const doing = state === "run" && technique ? `${technique[3]} on the ${technique[2]} foot` : words(state);
  return html`<p class="now" data-state=${state}><span class="lamp"></span>${doing}</p>`;
}

const SHOWN = ["state", "technique", "button", "fault"];

function Events({ session }) {
  const told = session.events
    .filter(([, kind]) => SHOWN.includes(kind))
    .slice(-40)
    .reverse();
  return html`<ol class="events" tabindex="0" aria-label="What has happened, the newest first">
    ${told.map(
      ([tick, kind, foot, text]) => html`
      <li class="event-${kind}"><time>${clock(tick)}</time><span>${sentence(kind, foot, text)}</span></li>`,
    )}
  </ol>`;
}

function sentence(kind, foot, text) {
  if (kind === "state") return words(text);
  return `${words(kind)}: ${words(text)}${foot && `, ${foot}`}`;
}
