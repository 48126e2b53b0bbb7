// The playback of a kept session: the same pictures and charts, with a slider for the time.

import { footRows } from "../made/feet.js";
import { clock, html, Panel, useEffect, useMemo, useState, words } from "../ui.js";
import { Charts } from "../view/charts.js";
import { Glass } from "../view/device.js";
import { MachinePicture } from "../view/machine.js";

const ROW_MS = 50;

/** A recording at one row; the event "now" reports a change. */
class Player extends EventTarget {
  constructor(recording) {
    super();
    Object.assign(this, { recording, index: 0, isPlaying: false });
  }

  /** Go to a row. */
  show(index) {
    this.index = Math.max(0, Math.min(this.recording.length - 1, index));
    this.dispatchEvent(new Event("now"));
  }
}

/** The view of a kept session; `onClose` closes it. */
export function Playback({ recording, facts, onClose }) {
  const player = useMemo(() => new Player(recording), [recording]);
  const [index, setIndex] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const go = (to) => {
    player.show(to);
    setIndex(player.index);
  };
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setInterval(() => go(player.index + 1), ROW_MS);
    return () => clearInterval(timer);
  }, [isPlaying]);
  const { wish, length } = recording;
  const lengths = [wish.figures.length_left_mm, wish.figures.length_right_mm];
  const row = recording.row(index);
  const profile = useMemo(() => footRows(wish.figures), [recording]);
  return html`
    <${Panel} id="playback" title="A kept session: ${wish.program}, ${wish.person}, seed ${wish.seed}"
      more=${html`<button type="button" onClick=${onClose}>Close it</button>`}>
      <div class="scrub">
        <button type="button" class="primary" onClick=${() => setPlaying(!isPlaying)}>${isPlaying ? "Pause" : "Play"}</button>
        <input type="range" aria-label="Time of the kept session" min="0" max=${length - 1} value=${index}
          onInput=${(event) => go(Number(event.target.value))} />
        <output>${clock(row[0])}, ${words(facts.states[row[1]] ?? "")}</output>
      </div>
      <div class="playback">
        <${MachinePicture} source=${player} facts=${facts} read=${() => recording.row(player.index)}
          lengths=${() => lengths} profile=${() => profile} />
        <${Glass} target=${player} read=${() => recording.points(player.index)} text="" />
      </div>
      <${Charts} source=${player} facts=${facts} recording=${() => recording} until=${() => player.index + 1} />
    <//>`;
}
