// The checker's verdict on the program, in its own sentences.

import { html } from "../ui.js";

/** The verdict in one word. */
export function Verdict({ said }) {
  if (!said) return html`<p class="now" role="status">the checker is being loaded …</p>`;
  const count = said.violations.length;
  return html`<p class="now" role="status" data-verdict=${count ? "bad" : "good"}><span class="lamp"></span>
    ${count ? `${count} ${count === 1 ? "violation" : "violations"}` : "good to play"}</p>`;
}

/** Every violation, or the proved maximum setpoints. */
export function Checked({ said }) {
  if (!said) return html`<p class="hint">The project's own checker is on its way: 13 MB, once.</p>`;
  if (said.violations.length) {
    return html`<ul class="violations">${said.violations.map(({ text }) => html`<li>${text}</li>`)}</ul>`;
  }
  const [minimum, usual, maximum] = said.proof.cycle_s.map(
    (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`,
  );
  return html`
    <p class="hint">Proved for every foot, intensity and pace: no set point goes beyond this.</p>
    <table class="proof"><thead><tr><th scope="col">maximum</th><th scope="col">asked</th><th scope="col">allowed</th></tr></thead>
      <tbody>${said.proof.bounds.map(
        ([what, maximum, allowed, unit]) => html`
        <tr><th scope="row">${what}</th><td>${maximum ? Number(maximum.toPrecision(4)) : "–"}</td><td>${allowed} ${unit}</td></tr>`,
      )}</tbody></table>
    <p class="hint">One cycle lasts ${usual}, at least ${minimum}, at most ${maximum}. ${said.proof.bytes} bytes.</p>`;
}
