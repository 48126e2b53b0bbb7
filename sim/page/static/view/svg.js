// Make and change SVG elements.

const NAMESPACE = "http://www.w3.org/2000/svg";

/** Return a new element with attributes, inside `parent` if one is given. */
export function element(name, attributes = {}, parent = null) {
  const made = document.createElementNS(NAMESPACE, name);
  set(made, attributes);
  parent?.append(made);
  return made;
}

/** Change attributes of an element. */
export function set(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}

/** Return a share of `one` colour, 0..1, mixed into another. */
export function mixed(one, share, other) {
  return `color-mix(in oklab, var(--${one}) ${Math.round(100 * Math.max(0, Math.min(1, share || 0)))}%, var(--${other}))`;
}
