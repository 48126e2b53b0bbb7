// The laptop's end of the link: requests with their answers, and telemetry. Simulated and real machines use it.

import { codec, pack, unpack } from "./frames.js";

const SEQUENCES = 256;
const TRIES = 3;

/** The machine has refused a request, or does not answer: `message` says why, `advice` what to do. */
export class LinkError extends Error {
  constructor(message, advice = "", answer = -1) {
    super(message);
    Object.assign(this, { advice, answer });
  }
}

/** One machine behind a line: `line.send(bytes)` sends, `receive(bytes)` takes received bytes. */
export class Client extends EventTarget {
  constructor(facts, line, replyMs = 700) {
    super();
    Object.assign(this, { facts, line, replyMs });
    this.kinds = facts.link.kinds;
    this.layouts = facts.link.layouts;
    const { encode, Decoder } = codec(facts.link);
    this._encode = encode;
    this._decoder = new Decoder();
    this._sequence = 0;
    this._waiting = new Map();
  }

  get damaged() {
    return this._decoder.damaged;
  }

  /** Take bytes that were received. */
  receive(bytes) {
    for (const message of this._decoder.feed(bytes)) this._take(message);
  }

  /** Agree on the version of the link; return the machine's state. */
  async greet() {
    const data = await this.ask("HELLO");
    const { version, state } = unpack(this.layouts.hello, data);
    if (version === this.facts.link.version) return state;
    throw new LinkError(
      `The board's firmware speaks version ${version} of the link, this page version ${this.facts.link.version}.`,
      "Run `make flash` to bring the board up to date.",
    );
  }

  /** Return machine and feet as they are now. */
  async status() {
    const data = await this.ask("STATUS");
    const { machine, foot } = this.facts.link.sizes;
    const feet = [0, 1].map((index) => unpack(this.layouts.foot, data, machine + index * foot));
    return { machine: unpack(this.layouts.machine, data), feet };
  }

  /** Return the names of the programs that the machine has, in its order. */
  async programs() {
    const names = [];
    for (;;) {
      try {
        const data = await this.ask("PROGRAMS", [names.length]);
        names.push(new TextDecoder().decode(data.subarray(0, 16)).replace(/\0+$/, ""));
      } catch (error) {
        if (error.answer === this.kinds.ANSWER_NO_PROGRAM) return names;
        throw error;
      }
    }
  }

  /** Choose a program that the machine has. */
  choose(name) {
    return this.ask("PROGRAM", new TextEncoder().encode(name));
  }

  /** Set a level by its name and the place of its value. */
  level(name, value) {
    return this.ask("LEVEL", pack(this.layouts.level, this.facts.link.levels.indexOf(name), value));
  }

  /** Jog an axis toward a value for another 200 ms. */
  jog(axis, value) {
    return this.ask("JOG", pack(this.layouts.jog, axis, value));
  }

  /** Send a compiled program, which the machine checks and chooses; `onSent` gets the bytes sent so far. */
  async install(image, onSent = () => {}) {
    const size = this.kinds.CHUNK_MAX;
    for (let at = 0; at < image.length; at += size) {
      const chunk = image.subarray(at, at + size);
      await this.ask("CHUNK", [at & 255, at >> 8, ...chunk]);
      onSent(at + chunk.length);
    }
    await this.ask("INSTALL", [image.length & 255, image.length >> 8], 7);
  }

  /** Request the moving values for the next seconds, without waiting for the answer. */
  watch(seconds = 20) {
    this._post("WATCH", [seconds]);
  }

  /** Send a request, and send it again if there is no answer; return the answer's data, or throw LinkError. */
  async ask(kind, data = [], patience = 1) {
    const sequence = this._nextSequence();
    for (let tries = 0; tries < TRIES; tries++) {
      const reply = await this._send(kind, sequence, data, patience);
      if (reply) return this._judge(reply);
    }
    throw new LinkError("The machine has stopped answering.", "Unplug it, plug it in again, and connect again.");
  }

  _nextSequence() {
    this._sequence = (this._sequence + 1) % SEQUENCES;
    return this._sequence;
  }

  _post(kind, data) {
    this.line.send(this._encode(this.kinds[kind], this._nextSequence(), data));
  }

  _send(kind, sequence, data, patience) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), this.replyMs * patience);
      this._waiting.set(`${this.kinds[kind] | this.kinds.REPLY} ${sequence}`, (reply) => {
        clearTimeout(timer);
        resolve(reply);
      });
      this.line.send(this._encode(this.kinds[kind], sequence, data));
    });
  }

  _judge(data) {
    const [answer] = data;
    if (answer === this.kinds.ANSWER_DONE) return data.subarray(1);
    const [message, advice] = this.facts.link.refusals[answer] ?? [`The board refuses (answer ${answer}).`, ""];
    const text = new TextDecoder().decode(data.subarray(1));
    throw new LinkError(text ? `${message.slice(0, -1)}: ${text}.` : message, advice, answer);
  }

  _take({ kind, sequence, data }) {
    const { TELEMETRY, ROW, BLOCK_MACHINE, BLOCK_MOTION } = this.kinds;
    if (kind === ROW) this._tell("row", { number: data[0], text: String.fromCharCode(...data.subarray(1)) });
    else if (kind === TELEMETRY && data[0] === BLOCK_MACHINE) {
      this._tell("machine", unpack(this.layouts.machine, data, 1));
    } else if (kind === TELEMETRY && data[0] === BLOCK_MOTION) this._tell("motion", this._motion(data));
    else if (kind === TELEMETRY) this._tell("foot", { foot: data[0] - 1, ...unpack(this.layouts.foot, data, 1) });
    else {
      const key = `${kind} ${sequence}`;
      this._waiting.get(key)?.(data);
      this._waiting.delete(key);
    }
  }

  _motion(data) {
    const { motion, motion_foot: foot } = this.facts.link.sizes;
    const feet = [0, 1].map((index) => unpack(this.layouts.motion_foot, data, 1 + motion + index * foot));
    return { ...unpack(this.layouts.motion, data, 1), feet };
  }

  _tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
