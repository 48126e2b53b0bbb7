// Read the machine's true state at one moment from the plant's arrays.

import { servo_value_of } from "../made/plant.js";
import { FOOT_COLUMNS, MACHINE_COLUMNS, ROW } from "./columns.js";

const MICRO = 1e6;
const MILLI = 1e3;

/** Return a function that writes a row of the machine's columns into an array. */
export function rowWriter(machine, facts) {
  const { layout, axis_names: axes } = facts;
  const { machine: at, motor, servo, heat } = layout;
  const servos = at.SERVOS / at.FEET;
  const perFoot = axes.length;
  const axis = Object.fromEntries(axes.map((name, index) => [name, index]));

  /** Return the position of a servo axis of a foot, in its own unit. */
  const place = (foot, name) => {
    const index = foot * servos + axis[name] - axis.top_press;
    const state = at.SERVO + index * servo.STATES;
    const row = at.SERVO_ROW + index * servo.CONSTANTS;
    return servo_value_of(
      machine.state.subarray(state, state + servo.STATES),
      machine.constants.subarray(row, row + servo.CONSTANTS),
    );
  };

  const writeFoot = (into, start, foot) => {
    const roller = (side) => at.MOTOR + (2 * foot + side) * motor.STATES + motor.POSITION_M;
    const well = at.WELL + foot * heat.STATE_SIZE;
    const wanted = (name) => machine.setpoints[foot * perFoot + axis[name]];
    const { state } = machine;
    const values = {
      isIn: (machine.feet >> foot) & 1,
      topUm: state[roller(0)] * MICRO,
      soleUm: state[roller(1)] * MICRO,
      topTargetUm: wanted("top_stroke"),
      soleTargetUm: wanted("sole_stroke"),
      topN: state[at.CONTACT_N + 2 * foot],
      soleN: state[at.CONTACT_N + 2 * foot + 1],
      topTargetN: wanted("top_press") / MILLI,
      soleTargetN: wanted("sole_press") / MILLI,
      topTravelUm: place(foot, "top_press"),
      soleTravelUm: place(foot, "sole_press"),
      station: place(foot, "toe_select") / MILLI,
      reachUm: place(foot, "toe_reach"),
      turnDeg: place(foot, "toe_turn") / 10,
      gripN: place(foot, "toe_grip") / MILLI,
      archN: place(foot, "hold_arch") / MILLI,
      heelN: place(foot, "hold_heel") / MILLI,
      skinC: state[well + heat.PAD_C],
      elementC: state[well + heat.ELEMENT_C],
      footC: state[well + heat.SKIN_C],
      heatPermille: machine.commands[at.HEAT + foot],
    };
    FOOT_COLUMNS.forEach((name, index) => (into[start + index] = values[name]));
  };

  return (into, tick, sessionState) => {
    into[0] = tick;
    into[1] = sessionState;
    into[2] = machine.state[at.BUS_V];
    into[3] = machine.commands[at.RELAY];
    writeFoot(into, MACHINE_COLUMNS.length, 0);
    writeFoot(into, MACHINE_COLUMNS.length + FOOT_COLUMNS.length, 1);
    return into;
  };
}

/** Return an empty row. */
export const emptyRow = () => new Float64Array(ROW);
