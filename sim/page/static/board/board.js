// A real machine in the page: the telemetry of its link becomes the rows that pictures and charts read.

import { Client } from "../link/client.js";
import { foot_surface_m as surface } from "../made/plant.js";
import { columnAt, MACHINE_COLUMNS, ROW } from "../simulated/columns.js";
import { Recording } from "../simulated/recording.js";
import { pointsOfRows } from "../view/glass.js";
import { Port } from "./serial.js";
import { Trace } from "./trace.js";

const WATCH_S = 20;
const WATCH_AGAIN_MS = 5000;
const FALLBACK_MM = 262;
const CLEAR_UM = 14_000; // the distance from the foot at which a roller without contact is drawn
const UM = 1e-6;

/** One board. Events: "now" with every picture, "news" when something else has changed. */
export class Board extends EventTarget {
  constructor(facts) {
    super();
    this.facts = facts;
    this.port = new Port((bytes) => this.link.receive(bytes));
    this.link = new Client(facts, this.port);
    this.recording = new Recording({ program: "", person: "" });
    this.trace = new Trace(facts);
    this.rows = Array(8).fill(" ".repeat(21));
    Object.assign(this, {
      machine: null,
      feet: [null, null],
      row: null,
      points: null,
      state: "none",
      problem: null,
      news: 0,
    });
    this.motions = 0;
    this._listen();
  }

  get screen() {
    return this.rows.join("\n");
  }

  /** Return the measured lengths of the feet, mm; before the measurement, those of medium feet. */
  lengths() {
    return this.feet.map((foot) => (foot?.length_um ? foot.length_um / 1000 : FALLBACK_MM));
  }

  /** Return the constants of medium feet: a board does not know the shape of the feet in it. */
  profile() {
    const { machine: at, foot } = this.facts.layout;
    const { constants } = this.facts.people.average;
    return [0, 1].map((index) =>
      constants.slice(at.FOOT_ROW + index * foot.CONSTANTS, at.FOOT_ROW + (index + 1) * foot.CONSTANTS),
    );
  }

  /** Let the person choose the board's port, and connect. */
  async connect() {
    this._say("connecting");
    try {
      await this.port.choose();
    } catch (error) {
      this._say("none", error);
    }
  }

  async disconnect() {
    clearInterval(this._watching);
    await this.port.close();
    this._say("none");
  }

  /** Send a request; a refusal becomes `problem`. */
  async ask(act) {
    try {
      const answer = await act(this.link);
      this._say(this.state);
      return answer;
    } catch (error) {
      this._say(this.state, error);
      return undefined;
    }
  }

  _listen() {
    this.port.addEventListener("open", () => this._greet());
    this.port.addEventListener("lost", () => this._say("lost"));
    const on = (name, take) => this.link.addEventListener(name, ({ detail }) => take(detail));
    on("row", ({ number, text }) => {
      this.rows[number] = text;
      this.points = pointsOfRows(this.rows, this.facts.font);
      this.dispatchEvent(new Event("now"));
      this._changed();
    });
    on("machine", (machine) => {
      this.machine = machine;
      this.trace.add("machine", machine.ticks, machine);
      this._changed();
    });
    on("foot", (foot) => {
      this.feet[foot.foot] = foot;
      this.trace.add("foot", this.machine?.ticks ?? 0, foot);
    });
    on("motion", (motion) => this._takeMotion(motion));
  }

  async _greet() {
    try {
      await this.link.greet();
      this._say("connected");
      this.link.watch(WATCH_S);
      clearInterval(this._watching);
      this._watching = setInterval(() => this.link.watch(WATCH_S), WATCH_AGAIN_MS);
    } catch (error) {
      await this.port.close();
      this._say("none", error);
    }
  }

  _takeMotion(motion) {
    this.motions++;
    this.trace.add("motion", motion.ticks, motion);
    if (!this.machine) return;
    const row = new Float32Array(ROW).fill(NaN);
    row[MACHINE_COLUMNS.indexOf("tick")] = motion.ticks;
    row[MACHINE_COLUMNS.indexOf("state")] = this.machine.state;
    row[MACHINE_COLUMNS.indexOf("supplyV")] = this.machine.supply_mv / 1000;
    row[MACHINE_COLUMNS.indexOf("isRelayClosed")] =
      this.machine.flags & this.facts.link.kinds.FLAG_RELAY_CLOSED ? 1 : 0;
    motion.feet.forEach((moved, foot) => this._writeFoot(row, foot, moved, this.feet[foot] ?? {}));
    this.row = row;
    this.recording.add([row], null);
    this.dispatchEvent(new Event("now"));
  }

  _writeFoot(row, foot, moved, told) {
    const shape = this.profile()[foot];
    const travel = (side, um, mn) => surface(shape, side, um * UM) / UM - (mn > 300 ? 0 : CLEAR_UM);
    const values = {
      isIn: told.is_in ?? 1,
      topUm: moved.top_um,
      soleUm: moved.sole_um,
      topN: moved.top_mn / 1000,
      soleN: moved.sole_mn / 1000,
      topTargetN: told.top_target_mn / 1000,
      soleTargetN: told.sole_target_mn / 1000,
      topTravelUm: travel(0, moved.top_um, moved.top_mn),
      soleTravelUm: travel(1, moved.sole_um, moved.sole_mn),
      station: moved.station_milli / 1000,
      reachUm: moved.reach_um,
      turnDeg: moved.turn_deci_deg / 10,
      gripN: moved.grip_mn / 1000,
      archN: (told.arch_mn ?? 0) / 1000,
      heelN: (told.heel_mn ?? 0) / 1000,
      skinC: told.skin_centi_c / 100,
      elementC: told.element_centi_c / 100,
      heatPermille: told.heater_permille,
    };
    for (const [name, value] of Object.entries(values)) row[columnAt(name, foot)] = value;
  }

  _say(state, problem = null) {
    Object.assign(this, { state, problem });
    if (state !== "connected") clearInterval(this._watching);
    this._changed();
  }

  _changed() {
    this.news++;
    this.dispatchEvent(new Event("news"));
  }
}
