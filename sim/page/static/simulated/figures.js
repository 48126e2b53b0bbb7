// The session's outcome in words, and the figures that `instep sim --json` writes of the same session.

import { clock, html, save } from "../ui.js";

/** The session's figures, after its end or on request. */
export function Figures({ session, facts }) {
  const { figures } = session;
  if (!figures) {
    return html`<p class="hint">The result stands here when the session is over.</p>
      <div class="row"><button type="button" onClick=${() => session.askForFigures()}>Show it now</button></div>`;
  }
  const [happened, advice] = facts.words[figures.reason] ??
    facts.result_words[figures.result] ?? ["The session goes on.", ""];
  const lines = [
    ["Setpoints", figures.setpoint_crc32, "setpoint_crc32"],
    ["Program", `${figures.program}, ${figures.program_crc32}`, "program_crc32"],
    ["Time", `${clock(figures.ticks)} (${figures.ticks} ticks)`, "ticks"],
    ["Greatest force", `${figures.max_force_n.toFixed(1)} N`],
    ["Warmest skin side", `${figures.max_skin_c.toFixed(1)} °C`],
    [
      "Feet",
      ["left", "right"]
        .map((foot) => (figures.fit_mm[foot] ? `${figures.fit_mm[foot].toFixed(1)} mm` : "–"))
        .join(", "),
    ],
  ];
  return html`
    <p data-testid="result"><strong>${figures.result ? happened : "The session goes on."}</strong> ${figures.result ? advice : ""}</p>
    <dl class="figures">${lines.map(([name, value, key]) => html`<div><dt>${name}</dt><dd data-figure=${key}>${value}</dd></div>`)}</dl>
    <${Same} session=${session} />
    <button type="button" onClick=${() => save("session.json", [JSON.stringify(figures, null, 2)], "application/json")}>
      Save the figures</button>`;
}

/** The command that gives the same figures, if there is one. */
function Same({ session }) {
  const { wish } = session;
  if (!wish.answered || wish.person !== wish.base || wish.text) return null;
  const parts = ["instep sim", wish.program, `--person ${wish.person}`, `--seed ${wish.seed}`];
  if (wish.minutes) parts.push(`--minutes ${wish.minutes}`);
  if (wish.intensity !== 3) parts.push(`--intensity ${wish.intensity}`);
  if (wish.pace !== 2) parts.push(`--pace ${wish.pace}`);
  if (wish.heat) parts.push(`--heat ${wish.heat}`);
  if (wish.ambient_c !== 22) parts.push(`--ambient ${wish.ambient_c}`);
  return html`<p class="hint">The same session, to the bit, on a laptop: <code>${parts.join(" ")} --json -</code></p>`;
}
