// The simulated machine: MicroPython with the firmware's own files, the plant in JavaScript, one tick after the other.
// Runs in the page's worker and in Node alike; it touches neither clock nor screen.

import { footRows } from "./made/feet.js";
import { step as stepPlant } from "./made/plant.js";

const HEAP_BYTES = 6 << 20;
const STATES = 256;

/** The parts of a simulated machine: load them once, begin any number of sessions. */
export class Workshop {
  /**
   * @param loadMicroPython the VM's loader
   * @param files the VM's files, base64 by path
   * @param facts what `made/facts.json` holds
   * @param url where the VM's .wasm is, if the loader does not find it by itself
   */
  constructor(loadMicroPython, files, facts, url) {
    Object.assign(this, { loadMicroPython, facts, url });
    this.files = Object.entries(files).map(([path, data]) => [path, bytesOf(data)]);
    for (const { name, image } of facts.programs) this.files.push([programPath(name), bytesOf(image)]);
    this._prepared = null;
  }

  /** Start the VM of the next machine ahead of its options, so that `begin` takes less time. */
  prepare() {
    this._prepared ??= this._vm("from sim.page.vm.world import World");
    return this._prepared;
  }

  /** Return a machine that has just been switched on, with a person at it; `wish` is a whole one, see wish.js. */
  async begin(wish) {
    const vm = await this.prepare();
    this._prepared = null;
    if (wish.image) writeFile(vm.FS, programPath(wish.program), bytesOf(wish.image));
    return new Machine(vm, this.facts, wish);
  }

  /** Return a function that judges a board's telemetry (machine, feet), as `instep doctor` does. */
  async doctor() {
    const vm = await this._vm("from sim.page.vm.doctor import verdicts");
    const verdicts = vm.globals.get("verdicts");
    return (telemetry, isTested) => JSON.parse(verdicts(JSON.stringify(telemetry), isTested));
  }

  async _vm(imports) {
    const vm = await this.loadMicroPython({
      heapsize: HEAP_BYTES,
      url: this.url,
      stdout: (text) => console.log(text),
    });
    for (const [path, data] of this.files) writeFile(vm.FS, path, data);
    // The simulator's modules are found before those that are built into the VM.
    vm.runPython(`import sys\nsys.path.insert(0, '/lib')\n${imports}\n`);
    return vm;
  }
}

const programPath = (name) => `/programs/${name}.bin`;

/** One machine from its power-up on. */
export class Machine {
  constructor(vm, facts, wish) {
    this.vm = vm;
    this.facts = facts;
    this.wish = wish;
    this.ticks = 0;
    this.held = 0;
    this.feet = 3;
    this.isMushroomDown = false;
    this._generation = 0;
    const python = { ...wish, calibration: facts.calibration, lengths_mm: lengths(wish.figures) };
    vm.globals.set("host", {
      attach: (text) => this._attach(JSON.parse(text)),
      step: (...flags) => this._step(...flags),
    });
    vm.globals.set("wish", JSON.stringify(python));
    vm.runPython("world = World(wish, host)\n");
    this._world = vm.globals.get("world");
    this._tick = this._world.tick;
    this._follow();
  }

  /** Simulate 10 ms; return the session's state. */
  tick() {
    this._look();
    const told = this._tick(this.held, this.feet, this.isMushroomDown);
    this.ticks++;
    const generation = Math.floor(told / STATES);
    if (generation !== this._generation) this._follow(generation);
    return told % STATES;
  }

  /** Inject a fault; its text is that of `instep sim --fault`. */
  inject(text) {
    this._world.mishaps.add(text);
  }

  /** Return the events since the last call. */
  news() {
    return JSON.parse(this._world.news());
  }

  /** Return true if the session has ended, as `instep sim` ends it. */
  isOver() {
    return this._world.simulation.is_over;
  }

  /** Return the session's summary, with the keys of `instep sim --json`. */
  figures() {
    return JSON.parse(this._world.figures());
  }

  /** Return the display's 1024 bytes: eight rows of 128 columns of eight points. */
  points() {
    this._world.display.refresh();
    this._look();
    return this._points.slice();
  }

  /** Return the display's eight rows as text. */
  screen() {
    return this._world.screen();
  }

  /** Send bytes over the serial line; return false while the firmware has not read the ones before. */
  send(bytes) {
    if (!this._world.line.is_read()) return false;
    this._look();
    this._incoming.set(bytes);
    this._world.line.give(bytes.length);
    return true;
  }

  /** Return the bytes that the firmware has sent since. */
  receive() {
    const count = this._world.line.empty();
    this._look();
    return this._outgoing.slice(0, count);
  }

  _attach(places) {
    this._places = places;
    this._look();
    const { constants, state } = firstArrays(this.facts, this.wish);
    this.constants.set(constants);
    this.state.set(state);
  }

  _step(isLeftIn, isRightIn) {
    this._look();
    stepPlant(this.state, this.constants, this.commands, this.readings, this.noise, isLeftIn, isRightIn);
  }

  _follow(generation = 1) {
    this._generation = generation;
    this._more = JSON.parse(this._world.places());
    this._memory = null;
    this._look();
  }

  /** Make the views of the VM's memory again when it has grown: the old ones are empty then. */
  _look() {
    const memory = this.vm._module.HEAPU8.buffer;
    if (memory === this._memory) return;
    this._memory = memory;
    const size = this.facts.layout.machine;
    const [state, constants, commands, readings, noise] = this._places;
    this.state = new Float64Array(memory, state, size.STATES);
    this.constants = new Float64Array(memory, constants, size.CONSTANTS);
    this.commands = new Int32Array(memory, commands, size.COMMANDS);
    this.readings = new Int32Array(memory, readings, size.READINGS);
    this.noise = new Uint32Array(memory, noise, 2 * size.STREAMS);
    if (!this._more) return;
    this.setpoints = new Int32Array(memory, this._more.setpoints, this.facts.axes);
    this._points = new Uint8Array(memory, this._more.points, 1024);
    this._incoming = new Uint8Array(memory, this._more.incoming, 4096);
    this._outgoing = new Uint8Array(memory, this._more.outgoing, 4096);
  }
}

/** Return constants and state of the plant before its first tick. */
function firstArrays(facts, wish) {
  const known = facts.people[wish.base];
  const constants = Float64Array.from(known.constants);
  const state = Float64Array.from(known.state);
  const { machine, motor, foot } = facts.layout;
  footRows(wish.figures).forEach((row, index) => constants.set(row, machine.FOOT_ROW + index * foot.CONSTANTS));
  for (const place of known.room_constants) constants[place] = wish.ambient_c;
  for (const place of known.room_state) state[place] = wish.ambient_c;
  for (const place of known.skin_state) state[place] = wish.figures.skin_start_c;
  facts.starts_m[wish.seed].forEach((start, index) => {
    state[machine.MOTOR + index * motor.STATES + motor.POSITION_M] = start;
  });
  return { constants, state };
}

function lengths(figures) {
  return [figures.length_left_mm, figures.length_right_mm];
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function writeFile(files, path, data) {
  path
    .split("/")
    .slice(1, -1)
    .reduce((parent, name) => {
      const folder = `${parent}/${name}`;
      if (!files.analyzePath(folder).exists) files.mkdir(folder);
      return folder;
    }, "");
  files.writeFile(path, data);
}
