// Where everything on the timeline stands, so that no two labels meet: the rule of sinorus/pages/timeline/layout.py, with the
// lengths of texts measured. The weightier and the earlier choose first; what finds no row is counted where it would stand.
export const sizes = { ROW: 24, HEAD: 24, AXIS: 28, SIZES: { 1: 5, 2: 7, 3: 10 }, THICK: { 1: 3, 2: 4, 3: 6 } };
const SHORT = 10; // pixels: a shorter stretch is drawn as the mark of a day
const GAP = 10; // pixels between two items of a row
const BIN = 44; // pixels of the place of one count
const letters = (width) => (width < 500 ? 24 : 44); // of a label before it is cut

const brush = document.createElement("canvas").getContext("2d");
const widths = new Map(); // of single letters, since measuring hundreds of names whole takes too long

/** The length of a text in the picture, in pixels; rather more than less, for kerning only brings letters nearer. */
export const measure = (text) => {
  if (!widths.size) {
    const { fontSize, fontFamily } = getComputedStyle(document.querySelector(".timeline-picture"));
    brush.font = `${fontSize} ${fontFamily}`;
  }
  let length = 2;
  for (const letter of text) {
    if (!widths.has(letter)) widths.set(letter, brush.measureText(letter).width);
    length += widths.get(letter);
  }
  return length;
};

const shortened = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`);

const take = (row, first, last) => {
  for (const [start, end] of row) if (first < end && last > start) return false;
  row.push([first, last]);
  return true;
};

const place = (item, rows, near, width) => {
  const [x, end] = [near(item.first), near(item.last)];
  const isDay = end - x < SHORT;
  const left = Math.max(x, 0);
  const right = Math.min(Math.max(end, x + sizes.SIZES[item.weight] * 1.2), width);
  const label = shortened(item.label, letters(width));
  const length = measure(label);
  let labelX = isDay ? right + 5 : left + 2;
  if (labelX + length > width) labelX = (isDay ? left - 5 : width) - length;
  const ways = [["", left, right]];
  if (labelX >= 0) ways.unshift([label, Math.min(left, labelX), Math.max(right, labelX + length)]);
  for (const [text, first, last] of ways) {
    for (const [number, row] of rows.entries()) {
      if (last <= width + 1 && take(row, first, last + GAP)) return { item, x, end, isDay, label: text, labelX, row: number };
    }
  }
  return null;
};

/**
 * Marks and counts for what is in view. `near` gives the pixel of a day, cut a little outside the window; `shown` is the number
 * of items in view.
 */
export const layOut = (items, lanes, near, width) => {
  const { ROW, HEAD, AXIS } = sizes;
  const marks = [];
  const more = [];
  const visible = items.filter((item) => near(item.last) > 0 && near(item.first) < width);
  const byWeight = [...visible].sort((one, other) => other.weight - one.weight);
  let top = AXIS;
  lanes.forEach(({ rows }, number) => {
    const taken = Array.from({ length: rows - 1 }, () => []);
    const bins = new Map();
    for (const item of byWeight) {
      if (!item.lanes.includes(number)) continue;
      const mark = place(item, taken, near, width);
      if (mark) marks.push({ ...mark, y: top + HEAD + mark.row * ROW });
      else {
        const middle = Math.min(width - 1, Math.max(0, (near(item.first) + near(item.last)) / 2));
        const bin = Math.min(Math.floor(middle / BIN), Math.max(0, Math.floor(width / BIN) - 1));
        bins.set(bin, [...(bins.get(bin) ?? []), item]);
      }
    }
    for (const [bin, own] of bins) {
      const days = own.flatMap((item) => [item.first, item.last]).filter(Number.isFinite);
      more.push({ x: bin * BIN + BIN / 2, y: top + HEAD + (rows - 1) * ROW, count: own.length, first: Math.min(...days), last: Math.max(...days) });
    }
    top += HEAD + rows * ROW;
  });
  marks.sort((one, other) => one.item.first - other.item.first);
  return { marks, more, shown: visible.length };
};
