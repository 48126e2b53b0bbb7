// Send a program to the machine: the machine checks it again, and forgets it when it is switched off.

import { Choice, html, useState } from "../ui.js";

// The machine's built-in fallback program cannot be replaced.
const FIXED = "gentle";
const DESIGNED = "";

/** The shipped programs and the designed one; sends the compiled form. */
export function SendProgram({ board, facts, designed, isThere }) {
  const shipped = facts.programs.filter((program) => program.name !== FIXED);
  const names = shipped.map(({ name, title }) => [name, title]);
  if (designed) names.unshift([DESIGNED, `${designed.program} (designed here)`]);
  const [name, setName] = useState(shipped[0].name);
  const [told, setTold] = useState("");
  const send = async () => {
    setTold("It is being sent …");
    const image = Uint8Array.from(
      atob(shipped.find((program) => program.name === name)?.image ?? designed.image),
      (character) => character.charCodeAt(0),
    );
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
