// In place of the browser's serial ports: one port that is a WebSocket to the bridge.
(() => {
  class Port extends EventTarget {
    async open() {
      const line = new WebSocket(`ws://${location.host}/line`);
      line.binaryType = "arraybuffer";
      await new Promise((resolve, reject) => {
        line.onopen = resolve;
        line.onerror = () => reject(new Error("the cable is out"));
      });
      this.line = line;
      this.readable = new ReadableStream({
        start(controller) {
          line.onmessage = ({ data }) => controller.enqueue(new Uint8Array(data));
          line.onclose = () => {
            try {
              controller.error(new Error("the device has been lost"));
            } catch {
              // it was cancelled
            }
          };
        },
        cancel: () => line.close(),
      });
      this.writable = new WritableStream({ write: (chunk) => line.send(chunk) });
    }

    async close() {
      this.line?.close();
    }
  }
  const port = new Port();
  const serial = Object.assign(new EventTarget(), { requestPort: async () => port, getPorts: async () => [port] });
  Object.defineProperty(navigator, "serial", { value: serial });
})();
