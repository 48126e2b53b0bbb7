// The device's display, point for point: 128 by 64, eight points of a column in a byte, the lowest bit on top.

const COLUMNS = 128;
const ROWS = 64;
const DARK = [9, 14, 24];
const LIT = [214, 234, 255];

/** Draw the 1024 bytes of the display into a canvas of 128 by 64 points. */
export function drawGlass(canvas, points) {
  const context = canvas.getContext("2d");
  const picture = context.createImageData(COLUMNS, ROWS);
  for (let y = 0; y < ROWS; y++) {
    for (let x = 0; x < COLUMNS; x++) {
      const isLit = (points[(y >> 3) * COLUMNS + x] >> (y & 7)) & 1;
      picture.data.set([...(isLit ? LIT : DARK), 255], 4 * (y * COLUMNS + x));
    }
  }
  context.putImageData(picture, 0, 0);
}

/** Return the points of rows of text in the board's own font: a board sends its rows as text. */
export function pointsOfRows(rows, { first, last, width, glyphs }) {
  const points = new Uint8Array((COLUMNS * ROWS) / 8);
  rows.forEach((text, row) => {
    [...text].forEach((character, column) => {
      const code = character.charCodeAt(0);
      const letter = code >= first && code <= last ? code - first : 0;
      for (let x = 0; x < width; x++) {
        const at = 2 * (letter * width + x);
        points[row * COLUMNS + column * (width + 1) + x] = parseInt(glyphs.slice(at, at + 2), 16);
      }
    });
  });
  return points;
}
