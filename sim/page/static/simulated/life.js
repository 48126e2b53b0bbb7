// The simulated machine with its buttons, time, faults and figures.

import { clock, html, Panel, save, useEffect, useEvents, useRef, useState, words } from "../ui.js";
import { Feet, Glass, Keypad, Mushroom } from "../view/device.js";
import { MachinePicture } from "../view/machine.js";
import { wishFor } from "../wish.js";
import { Session } from "./session.js";
import { TimeBar } from "./time.js";

const WATCHED = { program: "demo", answered: true, speed: 5 };

/** The simulated machine; a new `order` is a program of the designer to play. */
export function SimulatedLife({ facts, isShown, order }) {
  const [session, setSession] = useState(null);
  const [isNew, setNew] = useState(true);
  const kept = useRef(null);
  const begin = (some) => {
    kept.current?.close();
    const wish = wishFor(facts, some);
    const all = facts.programs.map(({ name }) => name).filter((name) => name !== wish.program);
    const programs = wish.answered ? [wish.program, "gentle"] : [wish.program, ...all];
    kept.current = new Session(facts, { ...wish, programs });
    if (wish.speed) kept.current.setSpeed(wish.speed);
    window.instep = { session: kept.current }; // for those who look behind it, the tests among them
    setSession(kept.current);
  };
  const beginOther = (some) => {
    setNew(false);
    begin(some);
  };
  useEffect(() => {
    if (order) setNew(false);
    begin({ answered: false, ...order });
  }, [order]);
  useEffect(() => {
    if (session && !isShown) session.pause(true);
  }, [isShown]);
  if (!session) return null;
  return html`<${Life} ...${{ session, facts, isShown, isNew, begin: beginOther, onKnown: () => setNew(false) }} />`;
}

/** Return the panels that are not needed for the first picture, once they are loaded. */
function useRest() {
  const [rest, setRest] = useState(null);
  useEffect(() => {
    const load = async () => setRest(await import("./rest.js"));
    requestAnimationFrame(() => setTimeout(load));
  }, []);
  return rest;
}

function Life({ session, facts, begin, isShown, isNew, onKnown }) {
  useEvents(session, "news", () => session.news);
  const rest = useRest();
  const [opened, setOpened] = useState(null);
  const [problem, setProblem] = useState("");
  const { wish } = session;
  const lengths = () => [wish.figures.length_left_mm, wish.figures.length_right_mm];
  const open = async (file) => {
    if (!file) return;
    try {
      setOpened(await rest.openRecording(file));
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
    ${opened && html`<${rest.Playback} recording=${opened} facts=${facts} onClose=${() => setOpened(null)} />`}
    ${isNew && !opened && html`<${Welcome} watch=${() => begin(WATCHED)} onKnown=${onKnown} />`}
    <div class="life" hidden=${Boolean(opened)}>
      <div class="column">
        <${Panel} id="machine" kind="first" title="Machine" more=${html`<${Now} ...${{ session, facts }} />`}>
          <${MachinePicture} source=${session} facts=${facts} read=${() => session.row} lengths=${lengths}
            profile=${() => session.profile} key=${wish} />
        <//>
        ${rest && html`<${rest.Lower} ...${{ session, facts }} />`}
      </div>
      <div class="column">
        <${Panel} id="device" kind="second" title="Control panel">
          <${Glass} target=${session} read=${() => session.points} text=${session.screen} />
          <${Keypad} masks=${facts.buttons} hold=${(mask) => session.hold(mask)} isActive=${isShown} />
          <div class="row spread">
            <${Feet} feet=${session.feet} onMove=${(feet) => session.setFeet(feet)} />
            <${Mushroom} isDown=${session.isMushroomDown} onTurn=${(isDown) => session.setMushroom(isDown)} />
          </div>
        <//>
        <${Panel} id="time" kind="third" title="Time">
          <${TimeBar} session=${session} onAgain=${() => begin({ ...wish, speed: session.speed })} /><//>
        ${rest && html`<${rest.Side} ...${{ session, facts, begin, keep, open }} />`}
      </div>
    </div>`;
}

/** The introduction for a person who is here for the first time. */
function Welcome({ watch, onKnown }) {
  return html`
    <section class="welcome" aria-label="How to begin">
      <p><strong>A foot massage machine in your browser.</strong> It runs the firmware of the real machine on simulated
        feet. Press START on the control panel and answer its questions, or let a simulated person do it.</p>
      <div class="row">
        <button type="button" class="primary" onClick=${watch}>Watch a short massage</button>
        <button type="button" aria-label="Close this note" onClick=${onKnown}>Close</button>
      </div>
    </section>`;
}

/** The machine's present state in a few words. */
function Now({ session, facts }) {
  if (!session.row) return html`<p class="now" role="status">starting …</p>`;
  const state = facts.states[session.row[1]] ?? "";
  const doing =
    state === "run" || state === "closing" ? inProgress(session, facts, state) : words(facts.plain[state] ?? state);
  return html`<p class="now" data-state=${state} role="status"><span class="lamp"></span>${doing} 
    ${session.tick > 0 && html`<span class="hint">${clock(session.tick)}</span>`}</p>`;
}

/** Return the present technique of each foot. */
function inProgress(session, facts, state) {
  const last = (foot) => session.events.findLast(([, kind, on]) => kind === "technique" && on === foot)?.[3];
  const [left, right] = facts.foot_names.map((foot) => facts.plain[last(foot)] ?? last(foot));
  const head = words(facts.plain[state]);
  if (!left && !right) return head;
  return left === right
    ? `${head}: ${left}`
    : `${head}: ${[left && `left ${left}`, right && `right ${right}`].filter(Boolean).join(", ")}`;
}
