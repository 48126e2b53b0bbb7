// A recording as MCAP (mcap.dev): JSON messages with schemas, without chunks and without an index, as the format allows.

const MAGIC = [0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a];
const HEADER = 1;
const FOOTER = 2;
const SCHEMA = 3;
const CHANNEL = 4;
const MESSAGE = 5;
const DATA_END = 15;
const NS_PER_TICK = 10_000_000n;
// Half an hour: twenty motion messages a second, and the other messages.
const MESSAGES_MAX = 60_000;

const text = new TextEncoder();

/** The values that a board has sent, in the order of their arrival. */
export class Trace {
  constructor(facts) {
    const { machine, foot, motion_foot: moved } = facts.link.layouts;
    const numbers = (names) => Object.fromEntries(names.map((name) => [name, { type: "integer" }]));
    const object = (properties) => ({ type: "object", properties });
    const feet = { type: "array", items: object(numbers(moved[1])) };
    this.topics = [
      ["machine", object(numbers(machine[1]))],
      ["foot", object({ foot: { type: "integer" }, ...numbers(foot[1]) })],
      ["motion", object({ ticks: { type: "integer" }, feet })],
    ];
    this.messages = [];
  }

  /** Add the values of a tick; a very long recording drops its oldest part. */
  add(topic, tick, content) {
    if (this.messages.length >= MESSAGES_MAX) this.messages.splice(0, MESSAGES_MAX / 10);
    this.messages.push([topic, tick, JSON.stringify(content)]);
  }

  /** Return the parts of a complete MCAP file. */
  file() {
    const parts = [Uint8Array.from(MAGIC), record(HEADER, string(""), string("instep"))];
    const channels = new Map();
    this.topics.forEach(([topic, schema], index) => {
      const id = index + 1;
      channels.set(topic, id);
      parts.push(
        record(SCHEMA, u16(id), string(`instep.link.${topic}`), string("jsonschema"), bytes(JSON.stringify(schema))),
      );
      parts.push(record(CHANNEL, u16(id), u16(id), string(topic), string("json"), u32(0)));
    });
    this.messages.forEach(([topic, tick, content], sequence) => {
      const time = u64(BigInt(tick) * NS_PER_TICK);
      parts.push(record(MESSAGE, u16(channels.get(topic)), u32(sequence), time, time, text.encode(content)));
    });
    parts.push(record(DATA_END, u32(0)), record(FOOTER, u64(0n), u64(0n), u32(0)), Uint8Array.from(MAGIC));
    return parts;
  }
}

function record(opcode, ...parts) {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new Uint8Array(9 + size);
  whole[0] = opcode;
  whole.set(u64(BigInt(size)), 1);
  let at = 9;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function number(size, method, value) {
  const data = new Uint8Array(size);
  new DataView(data.buffer)[method](0, value, true);
  return data;
}

const u16 = (value) => number(2, "setUint16", value);
const u32 = (value) => number(4, "setUint32", value);
const u64 = (value) => number(8, "setBigUint64", value);

/** Return a text or bytes preceded by their length. */
const string = (value) => bytes(value);

function bytes(value) {
  const content = text.encode(value);
  const data = new Uint8Array(4 + content.length);
  data.set(u32(content.length));
  data.set(content, 4);
  return data;
}
