// The worker of a simulated session: it owns the machine and its time, and sends the page the values to show.

import { openWorkshop } from "../workshop.js";
import { columnAt } from "./columns.js";
import { Dose } from "./dose.js";
import { emptyRow, rowWriter } from "./snapshot.js";

const SAMPLE_TICKS = 5;
const TICK_MS = 10;
const TICKS_PER_S = 100;
const POST_MS = 16;
// The next picture waits until the page has drawn the last one, at most this long: a hidden page draws none.
const UNDRAWN_MS = 250;
const NEWS_MS = 200;
const SLICE_MS = 12;
const WAIT_MS = 4;
// A debounced button needs three equal readings: a click is never shorter, nor is the time between two.
const PRESS_TICKS = 8;
// While a button is held, time runs at real speed: a button held for three seconds switches the machine off.
const HAND_SPEED = 1;
// States in which a session has ended.
const MAY_BE_OVER = 9;
// The display has drawn its last screen before time stops at a session's end.
const LAST_SCREEN_TICKS = 50;

let machine = null;
let write = null;
let dose = null;
let speed = 1;
let isPaused = false;
let seeksTechnique = false;
let dueTicks = 0;
let lastMs = 0;
let postedMs = 0;
let newsMs = 0;
let sincePressTicks = 0;
const presses = []; // masks of buttons, to be pressed one after the other
let samples = [];
const outgoing = [];
let shown = "";
let state = 0;
let measuredTicks = 0;
let measuredMs = 0;
let isDrawn = true;
let hasBegun = false;
let isOver = false;
let ticksToStop = 0;
const row = emptyRow();

const begun = Promise.withResolvers();

// A message of its own brings the next turn at once, where a timer would wait for 4 ms; those of the page come between.
const again = new MessageChannel();
again.port1.onmessage = turn;

// The machine is prepared while the page is still loading.
const opened = openWorkshop();
opened.then((workshop) => workshop.prepare()).catch(() => {}); // `begin` reports a failure

const tell = (kind, content, transfer = []) => postMessage({ kind, ...content }, transfer);

/** The page's messages by their kind. */
const REQUESTS = {
  async begin({ wish }) {
    const workshop = await opened;
    const { facts } = workshop;
    machine = await workshop.begin(wish);
    write = rowWriter(machine, facts);
    dose = new Dose([wish.figures.length_left_mm, wish.figures.length_right_mm]);
    lastMs = performance.now();
    measuredMs = lastMs;
    tell("begun", { profile: profileOf(facts) });
    post(true);
    turn();
    return true;
  },
  speed: (message) => (speed = message.speed),
  pause(message) {
    isPaused = message.isPaused;
    dueTicks = 0;
  },
  step() {
    isPaused = true;
    oneTick();
    post(true);
  },
  technique() {
    seeksTechnique = true;
    isPaused = false;
  },
  hold: (message) => presses.push(message.held),
  feet: (message) => (machine.feet = message.feet),
  mushroom: (message) => (machine.isMushroomDown = message.isDown),
  mishap(message) {
    try {
      // A duration counts from the onset: that is this tick.
      machine.inject([`${message.name}@${machine.ticks / TICKS_PER_S}s`, ...message.parts].join(","));
    } catch (error) {
      tell("failed", { text: String(error.message) });
    }
  },
  bytes: (message) => outgoing.push(message.bytes),
  drawn: () => (isDrawn = true),
  figures: () => tell("figures", { figures: machine.figures() }),
};

addEventListener("message", async ({ data }) => {
  try {
    // Messages before the machine is ready wait for it, in their order.
    if (data.kind === "begin") begun.resolve(await REQUESTS.begin(data));
    else if (await begun.promise) await REQUESTS[data.kind](data);
  } catch (error) {
    tell("broken", { text: String(error.message ?? error) });
  }
});

/** Return the constants of both feet, from which the page draws them from the side. */
function profileOf(facts) {
  const { machine: at, foot } = facts.layout;
  return [0, 1].map((index) => {
    const start = at.FOOT_ROW + index * foot.CONSTANTS;
    return Array.from(machine.constants.subarray(start, start + foot.CONSTANTS));
  });
}

/** Simulate the ticks that are due, for a few milliseconds; then the page's messages are handled. */
function turn() {
  const now = performance.now();
  const isSeeking = seeksTechnique && !isPaused;
  const wanted = machine.held || presses.length ? Math.min(speed, HAND_SPEED) : speed;
  if (!isPaused) dueTicks += ((now - lastMs) / TICK_MS) * wanted;
  lastMs = now;
  const end = now + SLICE_MS;
  try {
    while (!isPaused && (seeksTechnique || dueTicks >= 1) && performance.now() < end) {
      oneTick();
      dueTicks--;
    }
  } catch (error) {
    tell("broken", { text: String(error.message ?? error) });
    return;
  }
  // A delay of a slow computer is dropped, not caught up.
  dueTicks = isSeeking ? 0 : Math.min(dueTicks, 5 * wanted);
  post(false);
  if (!isPaused && (dueTicks >= 1 || seeksTechnique)) again.port2.postMessage(null);
  else setTimeout(turn, WAIT_MS);
}

function oneTick() {
  holdButtons();
  if (outgoing.length && machine.send(outgoing[0])) outgoing.shift();
  state = machine.tick();
  hasBegun ||= state > 0;
  if (!isOver && ((hasBegun && state === 0) || state >= MAY_BE_OVER)) lookForEnd();
  else if (ticksToStop && !--ticksToStop) isPaused = true;
  sincePressTicks++;
  measuredTicks++;
  if (machine.ticks % SAMPLE_TICKS) return;
  write(row, machine.ticks, state);
  samples.push(Float32Array.from(row));
  for (const foot of [0, 1]) {
    dose.add(foot, 0, row[columnAt("topUm", foot)], row[columnAt("topN", foot)], SAMPLE_TICKS);
    dose.add(foot, 1, row[columnAt("soleUm", foot)], row[columnAt("soleN", foot)], SAMPLE_TICKS);
  }
  if (seeksTechnique && samples.length % 20 === 0) news();
}

/** Press and release the waiting buttons one after the other, each for at least the debouncing time. */
function holdButtons() {
  if (!presses.length || sincePressTicks < PRESS_TICKS) return;
  machine.held = presses.shift();
  sincePressTicks = 0;
}

/** Send the changed values to the page; `isAll`: send every value. */
function post(isAll) {
  const now = performance.now();
  if (!isAll && now - postedMs < (isDrawn ? POST_MS : UNDRAWN_MS)) return;
  isDrawn = false;
  postedMs = now;
  write(row, machine.ticks, state);
  const bytes = machine.receive();
  const points = machine.points();
  const text = points.join();
  const glass = text === shown ? null : points;
  shown = text;
  const fresh = samples;
  samples = [];
  const screen = glass && machine.screen();
  tell("now", { row: Float32Array.from(row), samples: fresh, points: glass, screen, bytes, isPaused });
  if (isAll || now - newsMs >= NEWS_MS) {
    newsMs = now;
    news();
  }
}

function news() {
  const told = machine.news();
  if (seeksTechnique && told.events.some(([, kind]) => kind === "technique")) {
    seeksTechnique = false;
    dueTicks = 0;
  }
  const now = performance.now();
  const ran = isPaused ? 0 : (measuredTicks * TICK_MS) / Math.max(1, now - measuredMs);
  if (now - measuredMs > 1000) {
    measuredTicks = 0;
    measuredMs = now;
  }
  tell("news", { ...told, dose: dose.values.slice(), ran, tick: machine.ticks, isSeeking: seeksTechnique });
}

/** Send the session's figures in the tick in which it ends; a simulated person leaves soon after. */
function lookForEnd() {
  isOver = machine.isOver();
  if (!isOver) return;
  tell("figures", { figures: machine.figures() });
  if (machine.wish.answered) ticksToStop = LAST_SCREEN_TICKS;
}
