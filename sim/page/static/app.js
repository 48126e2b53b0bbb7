// The page: three lives of one machine. Only the one that is looked at runs.

import { BoardLife } from "./board/life.js";
import { Designer } from "./design/life.js";
import { SimulatedLife } from "./simulated/life.js";
import { html, render, useEffect, useState } from "./ui.js";

const LIVES = [
  ["simulated", "Simulated"],
  ["board", "Board"],
  ["design", "Design"],
];

const [facts, files] = await Promise.all(
  ["facts", "machine"].map(async (name) => (await fetch(new URL(`made/${name}.json`, import.meta.url))).json()),
);

function App() {
  const [life, setLife] = useState(lifeOfAddress());
  const [order, setOrder] = useState(null);
  const [isDesigned, setDesigned] = useState(life === "design");
  const play = (program) => {
    setOrder({ ...program, answered: true, speed: 5 });
    location.hash = "simulated";
  };
  useEffect(() => setDesigned((was) => was || life === "design"), [life]);
  useEffect(() => {
    const listen = () => setLife(lifeOfAddress());
    addEventListener("hashchange", listen);
    return () => removeEventListener("hashchange", listen);
  }, []);
  return html`
    <header class="top">
      <p class="name">Instep</p>
      <nav aria-label="Lives of the machine">
        ${LIVES.map(([key, text]) => html`<a href="#${key}" aria-current=${life === key ? "page" : null}>${text}</a>`)}
      </nav>
    </header>
    <main hidden=${life !== "simulated"}><${SimulatedLife} ...${{ facts, files, order }} isShown=${life === "simulated"} /></main>
    <main hidden=${life !== "board"}><${BoardLife} ...${{ facts, files }} /></main>
    <main hidden=${life !== "design"}>${isDesigned && html`<${Designer} ...${{ facts, play }} />`}</main>
    <footer class="foot-note"><p>A simulation, and no medical device. Parts by others: <a href="parts/LICENCES.txt">licences</a>.</p></footer>`;
}

function lifeOfAddress() {
  const named = location.hash.slice(1);
  return LIVES.some(([key]) => key === named) ? named : LIVES[0][0];
}

const root = document.getElementById("app");
root.replaceChildren();
render(html`<${App} />`, root);
