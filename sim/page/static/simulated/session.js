// The page's end of a simulated session: start the worker, pass on the person's actions, keep the events.

import { Client } from "../link/client.js";
import { wishFor } from "../wish.js";
import { Recording } from "./recording.js";
import { takeWorker } from "./spare.js";

/** A session in a worker of its own. Events: "now" with every picture, "news" a few times a second, "broken". */
export class Session extends EventTarget {
  constructor(facts, wish) {
    super();
    this.facts = facts;
    this.wish = wishFor(facts, wish);
    this.recording = new Recording(this.wish);
    Object.assign(this, {
      row: null,
      points: null,
      screen: "",
      events: [],
      mishaps: [],
      figures: null,
      profile: null,
    });
    Object.assign(this, { dose: null, ran: 0, tick: 0, speed: 1, isPaused: false, isSeeking: false, problem: "" });
    Object.assign(this, { held: 0, feet: 3, isMushroomDown: false, isReady: false, news: 0 });
    this.link = new Client(facts, { send: (bytes) => this._post("bytes", { bytes }) });
    this._worker = takeWorker();
    this._worker.onmessage = ({ data }) => this._take(data);
    this._worker.onerror = (error) => this._break(error.message || "The machine's worker could not be started.");
    this._post("begin", { wish: this.wish });
  }

  /** End the session's worker; nothing more arrives from it. */
  close() {
    this._worker.terminate();
  }

  /** Hold down the buttons of a mask; 0 releases all. */
  hold(mask) {
    this.held = mask;
    // At a session's end the time stops by itself; the next button continues it.
    if (mask && this.isPaused && this.figures) this.pause(false);
    this._post("hold", { held: mask });
  }

  /** Put feet in or take them out: bit 0 the left one, bit 1 the right one. */
  setFeet(feet) {
    this.feet = feet;
    this._post("feet", { feet });
    this._changed();
  }

  /** Press the emergency stop, or turn it to release. */
  setMushroom(isDown) {
    this.isMushroomDown = isDown;
    this._post("mushroom", { isDown });
    this._changed();
  }

  setSpeed(speed) {
    this.speed = speed;
    this._post("speed", { speed });
    this._changed();
  }

  pause(isPaused) {
    this.isPaused = isPaused;
    this._post("pause", { isPaused });
    this._changed();
  }

  /** Advance by one tick of 10 ms. */
  step() {
    this.isPaused = true;
    this._post("step");
    this._changed();
  }

  /** Run as fast as this computer can until the next technique begins. */
  seekTechnique() {
    this.isPaused = false;
    this.isSeeking = true;
    this._post("technique");
    this._changed();
  }

  /** Inject a fault now; `parts` are those after the onset in the text of `instep sim --fault`. */
  mishap(name, parts) {
    this._post("mishap", { name, parts });
  }

  askForFigures() {
    this._post("figures");
  }

  _post(kind, content = {}) {
    this._worker.postMessage({ kind, ...content });
  }

  _take(message) {
    const { kind } = message;
    if (kind === "now") this._takeNow(message);
    else if (kind === "news") this._takeNews(message);
    else if (kind === "begun") {
      this.isReady = true;
      this.profile = message.profile;
      this._changed();
    } else if (kind === "figures") {
      this.figures = message.figures;
      this._changed();
    } else if (kind === "failed") this._break(message.text, false);
    else if (kind === "broken") this._break(message.text);
  }

  _takeNow({ row, samples, points, screen, bytes, isPaused }) {
    this.row = row;
    if (isPaused && this.figures && !this.isPaused) {
      this.isPaused = true;
      this._changed();
    }
    [this.tick] = row;
    if (points) Object.assign(this, { points, screen });
    this.recording.add(samples, points);
    if (bytes.length) this.link.receive(bytes);
    this.dispatchEvent(new Event("now"));
    requestAnimationFrame(() => this._post("drawn"));
  }

  _takeNews({ events, mishaps, dose, ran, isSeeking }) {
    this.events.push(...events);
    this.recording.events.push(...events);
    Object.assign(this, { mishaps, dose, ran, isSeeking });
    this._changed();
  }

  _break(text) {
    this.problem = text;
    this._changed();
  }

  _changed() {
    this.news++;
    this.dispatchEvent(new Event("news"));
  }
}
