// The designer's Python as the page sees it: questions go to the worker, answers come back.

/** The checker; it is loaded when the designer is opened for the first time. */
export class Python {
  constructor() {
    this._worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this._waiting = new Map();
    this._id = 0;
    this._worker.onmessage = ({ data }) => {
      const { resolve, reject } = this._waiting.get(data.id);
      this._waiting.delete(data.id);
      if (data.problem) reject(new Error(data.problem));
      else resolve(data.answer);
    };
  }

  /** Return what the checker says of a text. */
  check(text) {
    return this._ask({ act: "check", text });
  }

  /** Return the text after a change of its picture: { text, problem }. */
  change(text, wish) {
    return this._ask({ act: "change", text, wish });
  }

  _ask(question) {
    this._id++;
    this._worker.postMessage({ id: this._id, ...question });
    return new Promise((resolve, reject) => this._waiting.set(this._id, { resolve, reject }));
  }
}
