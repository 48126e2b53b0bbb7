// The board's serial port over the browser's Web Serial: open it, read it, open it again after it was unplugged.

const BAUD = 115_200; // USB ignores the speed, but Web Serial requires it
const RETRY_MS = 1000;

/** The browser has no Web Serial, or the person chose no port. */
export class PortError extends Error {
  constructor(message, advice) {
    super(message);
    this.advice = advice;
  }
}

/** A serial port that is opened again when the board is back. Events: "open", "lost"; `onBytes` gets the bytes. */
export class Port extends EventTarget {
  constructor(onBytes) {
    super();
    this.onBytes = onBytes;
    this._port = null;
    this._writer = null;
    this._isWanted = false;
  }

  /** Let the person choose a port and open it; throw PortError. */
  async choose() {
    if (!navigator.serial) {
      throw new PortError(
        "This browser has no Web Serial.",
        "Open the page in Chromium, Chrome or Edge on a computer.",
      );
    }
    try {
      this._port = await navigator.serial.requestPort();
    } catch {
      throw new PortError("No port was chosen.", "Plug the board in, press Connect, and choose it from the list.");
    }
    this._isWanted = true;
    await this._open();
  }

  /** Send bytes; without an open port they are dropped. */
  send(bytes) {
    this._writer?.write(bytes).catch(() => {});
  }

  /** Close the port for good. */
  async close() {
    this._isWanted = false;
    await this._leave();
  }

  async _open() {
    try {
      await this._port.open({ baudRate: BAUD });
    } catch {
      throw new PortError(
        "The port could not be opened.",
        "Close the program or the tab that uses it, then connect again.",
      );
    }
    this._writer = this._port.writable.getWriter();
    this.dispatchEvent(new Event("open"));
    this._read();
  }

  async _read() {
    const reader = this._port.readable.getReader();
    this._reader = reader;
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        this.onBytes(value);
      }
    } catch {
      // The cable was pulled: handled below like the end of the stream.
    }
    reader.releaseLock();
    if (!this._isWanted) return;
    await this._leave();
    this.dispatchEvent(new Event("lost"));
    this._wait();
  }

  async _leave() {
    await this._reader?.cancel().catch(() => {});
    this._reader = null;
    try {
      this._writer?.releaseLock();
      await this._port?.close();
    } catch {
      // A port that is gone is closed already.
    }
    this._writer = null;
  }

  /** Try again until the board is back. */
  _wait() {
    if (!this._isWanted) return;
    setTimeout(async () => {
      const ports = await navigator.serial.getPorts();
      if (ports.length) this._port = ports.includes(this._port) ? this._port : ports[0];
      try {
        await this._open();
      } catch {
        this._wait();
      }
    }, RETRY_MS);
  }
}
