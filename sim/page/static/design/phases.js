// The phases of the program as a list: add, remove, reorder, set repeats and feet.

import { Choice, html, words } from "../ui.js";

/** The phases of the text; `change` changes the text. */
export function Phases({ said, facts, change }) {
  const phases = (said?.phases ?? []).filter(({ key }) => key === "phase");
  return html`
    <ol class="phases">
      ${phases.map(
        ({ index, fields }) => html`
        <li key=${index}><span class="dot dot-${fields.technique}"></span><b>${words(String(fields.technique ?? "?"))}</b>
          <${Settings} ...${{ facts, index, fields, change }} />
          <span class="row">
            <button type="button" disabled=${index === 0} aria-label="Move phase ${index + 1} up"
              onClick=${() => change({ act: "move", key: "phase", index, to: index - 1 })}>↑</button>
            <button type="button" disabled=${index === phases.length - 1} aria-label="Move phase ${index + 1} down"
              onClick=${() => change({ act: "move", key: "phase", index, to: index + 1 })}>↓</button>
            <button type="button" aria-label="Remove phase ${index + 1}"
              onClick=${() => change({ act: "remove", key: "phase", index })}>Remove</button>
          </span></li>`,
      )}
    </ol>
    <${Choice} label="Add a phase" value="" onChoose=${(technique) => technique && change({ act: "add", technique })}
      options=${[["", "choose a technique …"], ...facts.techniques.filter((name) => name !== "path").map((name) => [name, words(name)])]} />`;
}

/** The repeats and the feet of a phase; for a field that the text leaves out, the technique's default. */
function Settings({ facts, index, fields, change }) {
  const { technique, repeats, feet } = fields;
  const set = (field, value) => change({ act: "set", key: "phase", index, field, value });
  const repeat = ({ target }) => {
    const count = Number(target.value);
    if (Number.isInteger(count) && count >= 1) set("repeats", count);
    else target.value = repeats ?? "";
  };
  if (technique === "rest")
    return html`<span class="hint">${fields.seconds ?? ""} ${fields.seconds === undefined ? "" : "s"}</span>`;
  return html`
    <label class="small"><span>repeats</span><input type="number" min="1" max="99" step="1" value=${repeats ?? ""}
      aria-label="Repeats of phase ${index + 1}" onChange=${repeat} /></label>
    <label class="small"><span>feet</span><select aria-label="Feet of phase ${index + 1}"
      onChange=${(event) => set("feet", event.target.value || null)}>
      ${["", ...facts.feet_modes].map((name) => html`<option value=${name} selected=${name === (feet ?? "")}>${name || "usual"}</option>`)}
    </select></label>`;
}
