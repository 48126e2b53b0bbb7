// Shared by all components: preact with htm, and a few small parts of a page.

export {
  html,
  render,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "./parts/htm/standalone.module.js";

import { html, useEffect, useRef, useState } from "./parts/htm/standalone.module.js";

/** A panel with its title. */
export const Panel = ({ title, id, more, children, kind = "" }) => html`
  <section class="panel ${kind}" aria-labelledby="${id}-title" id=${id}>
    <div class="panel-head"><h2 id="${id}-title">${title}</h2>${more}</div>
    ${children}
  </section>`;

/** A choice with its label; `options` are [value, text]. */
export const Choice = ({ label, value, options, onChoose, disabled }) => html`
  <label class="field"><span>${label}</span>
    <select value=${value} disabled=${disabled} onChange=${(event) => onChoose(event.target.value)}>
      ${options.map(([key, text]) => html`<option value=${key} selected=${String(key) === String(value)}>${text}</option>`)}
    </select></label>`;

/** A few values side by side, one of them chosen. */
export const Segments = ({ label, value, options, onChoose }) => html`
  <div class="segments" role="group" aria-label=${label}>
    ${options.map(
      ([key, text]) => html`
      <button type="button" aria-pressed=${key === value} onClick=${() => onChoose(key)}>${text}</button>`,
    )}
  </div>`;

/** Call `listen` at every event `name` of `target`, and draw again when its result changes. */
export function useEvents(target, name, read) {
  const [, draw] = useState(0);
  const kept = useRef();
  useEffect(() => {
    if (!target) return undefined;
    const listen = () => {
      const now = read();
      if (now !== kept.current) {
        kept.current = now;
        draw((count) => count + 1);
      }
    };
    target.addEventListener(name, listen);
    listen();
    return () => target.removeEventListener(name, listen);
  }, [target]);
  return read();
}

/** Return minutes and seconds of a number of ticks of 10 ms. */
export function clock(ticks) {
  const seconds = Math.floor(ticks / 100);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Return a name of the sources as words: `skin_sensor_open` becomes `Skin sensor open`. */
export function words(name) {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Let the person save a file. */
export function save(name, parts, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
