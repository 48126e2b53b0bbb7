// The frames of the link, as firmware/instep/link/frames.py defines them; every number comes from there.

/** Return the codec for the link that `facts.link` describes. */
export function codec({ frame }) {
  const { FLAG, ESCAPE, INTERRUPT, FLIP, BODY_MAX } = frame;
  const [start, residue, polynomial] = [0xffff, 0xf0b8, 0x8408]; // HDLC's CRC-16, RFC 1662
  const remainders = Uint16Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >> 1) ^ polynomial : byte >> 1;
    return byte;
  });
  const isSpecial = (byte) => byte === FLAG || byte === ESCAPE || byte === INTERRUPT;
  const checkOf = (bytes) => bytes.reduce((check, byte) => remainders[(check ^ byte) & 255] ^ (check >> 8), start);

  /** Return the frame of a message. */
  const encode = (kind, sequence, data = []) => {
    const body = [kind, sequence, ...data];
    const check = checkOf(body) ^ 0xffff;
    const line = [...body, check & 255, check >> 8].flatMap((byte) =>
      isSpecial(byte) ? [ESCAPE, byte ^ FLIP] : [byte],
    );
    return Uint8Array.from([FLAG, ...line, FLAG]);
  };

  /** Find messages in received bytes; other bytes are skipped, and frames that are not whole are counted. */
  class Decoder {
    constructor() {
      this.damaged = 0;
      this._body = [];
      this._isSkipping = true;
      this._isEscaped = false;
    }

    /** Return the messages that end in these bytes. */
    feed(bytes) {
      const found = [];
      for (const byte of bytes) {
        if (byte === FLAG) this._end(found);
        else if (!this._isSkipping) this._take(byte);
      }
      return found;
    }

    _take(byte) {
      if (byte === ESCAPE && !this._isEscaped) {
        this._isEscaped = true;
        return;
      }
      this._body.push(this._isEscaped ? byte ^ FLIP : byte);
      this._isEscaped = false;
      if (this._body.length > BODY_MAX) {
        this._isSkipping = true;
        this.damaged++;
      }
    }

    _end(found) {
      const body = this._body;
      if (!this._isSkipping && body.length) {
        if (body.length >= 4 && checkOf(body) === residue) {
          found.push({ kind: body[0], sequence: body[1], data: Uint8Array.from(body.slice(2, -2)) });
        } else this.damaged++;
      }
      this._body = [];
      this._isSkipping = this._isEscaped = false;
    }
  }
  return { encode, Decoder };
}

const SIZES = { B: 1, b: 1, H: 2, h: 2, I: 4, i: 4 };
const GETTERS = { B: "getUint8", b: "getInt8", H: "getUint16", h: "getInt16", I: "getUint32", i: "getInt32" };
const SETTERS = { B: "setUint8", b: "setInt8", H: "setUint16", h: "setInt16", I: "setUint32", i: "setInt32" };

/** Return the values of a layout ([format, names]) from `data` at `at`. */
export function unpack([format, names], data, at = 0) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values = {};
  [...format.slice(1)].forEach((type, index) => {
    values[names[index]] = view[GETTERS[type]](at, true);
    at += SIZES[type];
  });
  return values;
}

/** Return values as the bytes of a layout. */
export function pack([format], ...values) {
  const types = [...format.slice(1)];
  const data = new Uint8Array(types.reduce((size, type) => size + SIZES[type], 0));
  const view = new DataView(data.buffer);
  let at = 0;
  types.forEach((type, index) => {
    view[SETTERS[type]](at, values[index], true);
    at += SIZES[type];
  });
  return data;
}
