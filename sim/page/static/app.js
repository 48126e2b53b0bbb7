// The page: three views of one machine. A view is loaded when it is opened for the first time.

import { SimulatedLife } from "./simulated/life.js";
import { html, render, useEffect, useState } from "./ui.js";

const VIEWS = [
  ["simulated", "Simulator"],
  ["board", "Board"],
  ["design", "Designer"],
];
const LATER = {
  board: async () => (await import("./board/life.js")).BoardLife,
  design: async () => (await import("./design/life.js")).Designer,
};
const PLAY_SPEED = 5;
const IDLE_MS = 4000;

const facts = await (await fetch(new URL("made/facts.json", import.meta.url))).json();

function App() {
  const [view, setView] = useState(viewOfAddress());
  const [loaded, setLoaded] = useState({});
  const [order, setOrder] = useState(null);
  const [designed, setDesigned] = useState(null);
  const [problem, setProblem] = useState("");
  const play = (program) => {
    setOrder({ ...program, answered: true, speed: PLAY_SPEED });
    location.hash = "simulated";
  };
  useEffect(() => {
    const listen = () => setView(viewOfAddress());
    addEventListener("hashchange", listen);
    return () => removeEventListener("hashchange", listen);
  }, []);
  useEffect(() => {
    if (!LATER[view] || loaded[view]) return;
    LATER[view]().then(
      (component) => setLoaded((before) => ({ ...before, [view]: component })),
      () => setProblem("This part of the page could not be loaded. Look whether the server still runs, then reload."),
    );
  }, [view]);
  return html`
    <header class="top">
      <p class="name">Instep</p>
      <nav aria-label="Views">
        ${VIEWS.map(([key, text]) => html`<a href="#${key}" aria-current=${view === key ? "page" : null}>${text}</a>`)}
      </nav>
    </header>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <main hidden=${view !== "simulated"}>
      <${SimulatedLife} ...${{ facts, order }} isShown=${view === "simulated"} /></main>
    <main hidden=${view !== "board"}>${loaded.board && html`<${loaded.board} ...${{ facts, designed }} />`}</main>
    <main hidden=${view !== "design"}>
      ${loaded.design && html`<${loaded.design} ...${{ facts, play, onDesigned: setDesigned }} />`}</main>
    <footer class="foot-note"><p>A simulation, and no medical device. Nothing that you do here leaves this page.
      Parts by others: <a href="parts/LICENCES.txt">licences</a>.</p></footer>`;
}

function viewOfAddress() {
  const named = location.hash.slice(1);
  return VIEWS.some(([key]) => key === named) ? named : VIEWS[0][0];
}

const root = document.getElementById("app");
root.replaceChildren();
render(html`<${App} />`, root);

// Once the machine runs, keep the page for offline use.
if ("serviceWorker" in navigator) {
  setTimeout(() => navigator.serviceWorker.register(new URL("offline.js", import.meta.url)).catch(() => {}), IDLE_MS);
}
