// A session as a file: its wish, a row every 50 ms, the display and the events.

import { ROW } from "./columns.js";

const FORMAT = "instep-session-1";
const FIRST_ROWS = 4096;
// The maximum of bytes that are read from a file: a session of twenty minutes has a twentieth of it.
const FILE_BYTES_MAX = 64 << 20;
const CONTENT_BYTES_MAX = 256 << 20;

/** A file holds no session; the message says so. */
export class NoSessionError extends Error {}

/** The rows of a session in their order; `length` is their number. */
export class Recording {
  constructor(wish) {
    this.wish = wish;
    this.events = [];
    this.screens = [];
    this.length = 0;
    this.rows = new Float32Array(FIRST_ROWS * ROW);
  }

  /** Add rows, and the display's content from then on. */
  add(samples, points) {
    for (const sample of samples) {
      if ((this.length + 1) * ROW > this.rows.length) this._grow();
      this.rows.set(sample, this.length * ROW);
      this.length++;
    }
    if (points) this.screens.push([Math.max(0, this.length - 1), points]);
  }

  /** Return a row. */
  row(index) {
    return this.rows.subarray(index * ROW, (index + 1) * ROW);
  }

  /** Return the display's content at a row. */
  points(index) {
    let [low, high] = [0, this.screens.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.screens[middle][0] <= index) low = middle;
      else high = middle - 1;
    }
    return this.screens[low]?.[1] ?? null;
  }

  /** Return the session as a file's content, compressed. */
  async pack() {
    const screens = this.screens.map(([index, points]) => [index, base64(points)]);
    const rows = base64(new Uint8Array(this.rows.slice(0, this.length * ROW).buffer));
    const content = { format: FORMAT, wish: this.wish, columns: ROW, events: this.events, screens, rows };
    const stream = new Blob([JSON.stringify(content)]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  _grow() {
    const rows = new Float32Array(2 * this.rows.length);
    rows.set(this.rows);
    this.rows = rows;
  }
}

/** Return the session that a file holds; throw NoSessionError for one that holds none. */
export async function openRecording(file) {
  if (file.size > FILE_BYTES_MAX) throw new NoSessionError(`${file.name} is too large for a session.`);
  let content;
  try {
    const stream = file.stream().pipeThrough(new DecompressionStream("gzip")).pipeThrough(atMost(CONTENT_BYTES_MAX));
    content = JSON.parse(await new Response(stream).text());
  } catch {
    throw new NoSessionError(`${file.name} is no session that this page has kept.`);
  }
  if (content.format !== FORMAT || content.columns !== ROW) {
    throw new NoSessionError(`${file.name} was kept by another version of this page.`);
  }
  try {
    return recordingOf(content);
  } catch {
    throw new NoSessionError(`${file.name} is damaged: a part of the session is missing.`);
  }
}

function recordingOf({ wish, events, rows, screens }) {
  const recording = new Recording(wish);
  recording.events = events;
  recording.rows = new Float32Array(bytesOf(rows).buffer);
  recording.length = recording.rows.length / ROW;
  recording.screens = screens.map(([index, text]) => [index, bytesOf(text)]);
  if (!recording.length || !Number.isInteger(recording.length)) throw new RangeError("rows");
  if (!Object.values(wish.figures).flat().every(Number.isFinite)) throw new TypeError("figures");
  return recording;
}

/** Return a transform that fails after this many bytes: a small compressed file can hold a very large one. */
function atMost(bytes) {
  let left = bytes;
  return new TransformStream({
    transform(chunk, controller) {
      left -= chunk.length;
      if (left < 0) controller.error(new RangeError("too large"));
      else controller.enqueue(chunk);
    },
  });
}

const PIECE = 0x8000;

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

function bytesOf(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
