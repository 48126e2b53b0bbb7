// The page's end of the designer's Python: requests go to the worker, answers come back.

/** The checker; its worker is started when the designer is opened for the first time. */
export class Python {
  constructor() {
    this._worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this._waiting = new Map();
    this._id = 0;
    this._worker.onmessage = ({ data }) => this._take(data);
    this._worker.onerror = () => this._fail();
  }

  /** Return the checker's verdict on a text. */
  check(text) {
    return this._ask({ act: "check", text });
  }

  /** Return the text after a change of its picture: { text, problem }. */
  change(text, wish) {
    return this._ask({ act: "change", text, wish });
  }

  /** Return the dose of a compiled program, or null if a newer request replaced it; `onPart` gets the dose so far. */
  dose(image, minutes, onPart) {
    return this._ask({ act: "dose", image, minutes }, onPart);
  }

  _ask(question, onPart = () => {}) {
    this._id++;
    this._worker.postMessage({ id: this._id, ...question });
    return new Promise((resolve, reject) => this._waiting.set(this._id, { resolve, reject, onPart }));
  }

  _take({ id, part, answer, problem }) {
    const { resolve, reject, onPart } = this._waiting.get(id);
    if (part) {
      onPart(part);
      return;
    }
    this._waiting.delete(id);
    if (problem) reject(new Error(problem));
    else resolve(answer);
  }

  _fail() {
    const error = new Error(
      "The checker could not be loaded. Look whether the server still runs, then reload the page.",
    );
    for (const { reject } of this._waiting.values()) reject(error);
    this._waiting.clear();
  }
}
