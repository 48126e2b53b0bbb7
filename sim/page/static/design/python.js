// The designer's Python as the page sees it: questions go to the worker, answers come back.

/** The checker; it is loaded when the designer is opened for the first time. */
export class Python {
  constructor() {
    this._worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this._waiting = new Map();
    this._id = 0;
    this._worker.onmessage = ({ data }) => this._take(data);
    this._worker.onerror = () => this._fail();
  }

  /** Return what the checker says of a text. */
  check(text) {
    return this._ask({ act: "check", text });
  }

  /** Return the text after a change of its picture: { text, problem }. */
  change(text, wish) {
    return this._ask({ act: "change", text, wish });
  }

  /** Return the dose of a compiled program; `onPart` gets what is known of it so far. A newer one ends it: null. */
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
