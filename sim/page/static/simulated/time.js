// The controls of time: pause, one tick, 1 to 20 times real time, to the next technique, begin again.

import { clock, html, Segments } from "../ui.js";

const SPEEDS = [1, 2, 5, 10, 20].map((speed) => [speed, `${speed}×`]);

/** The time control of a session; `onAgain` begins it again with the same seed. */
export function TimeBar({ session, onAgain }) {
  const { isPaused, isSeeking, speed, tick, ran } = session;
  return html`
    <div class="timebar">
      <p class="time"><strong>${clock(tick)}</strong>
        <span>${isPaused ? "paused" : isSeeking ? "on the way to the next technique" : `${ran.toFixed(1)}×`}</span></p>
      <${Segments} label="Speed" value=${speed} options=${SPEEDS} onChoose=${(chosen) => session.setSpeed(chosen)} />
      <div class="time-buttons">
        <button type="button" class="primary" onClick=${() => session.pause(!isPaused)}>${isPaused ? "Continue" : "Pause"}</button>
        <button type="button" onClick=${() => session.step()}>One tick</button>
        <button type="button" onClick=${() => session.seekTechnique()}>Next technique</button>
        <button type="button" onClick=${onAgain}>Begin again</button>
      </div>
      <p class="hint">Seed ${session.wish.seed}. While a button is held, time runs at 1×.</p>
    </div>`;
}
