// Send a program to the machine: it checks it again, and forgets it when it is switched off.

import { Choice, html, useState } from "../ui.js";

/** The shipped programs and the designed one; sends the compiled form. */
export function SendProgram({ board, facts, files, isThere }) {
  const names = facts.programs.map(({ name, title }) => [name, title]).filter(([name]) => name !== "gentle");
  const [name, setName] = useState(names[0][0]);
  const [told, setTold] = useState("");
  const send = async () => {
    setTold("It is being sent …");
    const image = Uint8Array.from(atob(files[`/programs/${name}.bin`]), (character) => character.charCodeAt(0));
    const sent = await board.ask(async (link) => {
      await link.install(image, (bytes) => setTold(`${bytes} of ${image.length} bytes`));
      return true;
    });
    setTold(sent ? "The machine has it, has checked it and has chosen it." : "");
  };
  return html`
    <div class="row">
      <${Choice} label="Program" value=${name} options=${names} onChoose=${setName} />
      <button type="button" disabled=${!isThere} onClick=${send}>Send it</button>
    </div>
    <p class="hint" role="status" data-testid="sent">${told}</p>`;
}
