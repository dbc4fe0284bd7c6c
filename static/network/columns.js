/** Where everything stands in the drawing of a draft: data, inputs, layers and loss from left to right, in pixels. */

/** @typedef {{x: number, y: number, w: number, h: number}} Box */
/** @typedef {{index: number, units: number, x: number, y: number}} Neuron  `index` from 0 in its column; −1 stands for those not drawn */
/** @typedef {{x: number, w: number, units: number, neurons: Neuron[], hidden: number}} Column */
/** @typedef {ReturnType<typeof planOf>} Plan */

/** Sizes by the look of the page: the least and greatest widths of columns, the room for the controls above and below. */
const LOOKS = {
  desk: { data: 156, inputs: 116, layer: [140, 220], loss: 170, top: 92, bottom: 92, gap: [22, 82], pad: 16, most: 12, radius: 30 },
  phone: { data: 132, inputs: 116, layer: [152, 168], loss: 150, top: 104, bottom: 100, gap: [20, 46], pad: 8, most: 7, radius: 22 },
  projector: { data: 250, inputs: 150, layer: [200, 320], loss: 300, top: 142, bottom: 142, gap: [34, 120], pad: 24, most: 9, radius: 46 },
};

/** A letter of a name beside an input takes about so many pixels, and there are at most so many. */
const LETTER = 8;
const LETTERS = { desk: 12, phone: 8, projector: 12 };
/** Sentences below the columns take so many pixels. */
const SENTENCE = 76;

/** @param {{inputs: number, layers: {units: number}[]}} draft @param {{w: number, h: number, look: keyof typeof LOOKS}} room
 * @param {number} [letters]  of the longest name that stands left of an input @param {boolean} [told]  whether sentences stand below columns */
export function planOf({ inputs, layers }, room, letters = 0, told = false) {
  const own = LOOKS[room.look];
  const aside = Math.min(letters, LETTERS[room.look]) * LETTER;
  const look = { ...own, inputs: own.inputs + aside, bottom: own.bottom + (told ? SENTENCE : 0) };
  const fixed = 2 * look.pad + look.data + look.inputs + look.loss;
  const width = Math.min(look.layer[1], Math.max(look.layer[0], (room.w - fixed) / layers.length));
  const w = Math.max(room.w, fixed + width * layers.length);
  const rest = (w - fixed - width * layers.length) / 2;
  const sizes = [inputs, ...layers.map((l) => l.units)];
  const space = Math.max(room.h, look.top + look.bottom + 140) - look.top - look.bottom - 2 * look.pad;
  const most = Math.max(3, Math.min(look.most, Math.floor(space / look.gap[0])));
  const tallest = Math.max(...sizes.map((n) => Math.min(n, most)));
  const gap = Math.max(look.gap[0], Math.min(look.gap[1], space / tallest));
  const tall = Math.min(space, Math.max(gap * tallest, 96));
  const h = Math.max(room.h, tall + look.top + look.bottom + 2 * look.pad);
  const top = (h - tall - look.top - look.bottom) / 2;
  const middle = top + look.top + tall / 2;
  const left = rest + look.pad;
  const start = left + look.data;
  const columns = sizes.map((units, i) => {
    const cw = i ? width : look.inputs;
    const x = i ? start + look.inputs + width * (i - 0.5) : start + (look.inputs + aside) / 2;
    return column(units, { x, w: i ? cw : cw - aside }, middle, gap, most);
  });
  return {
    w, h, top, middle, gap, r: Math.min(gap * 0.36, look.radius), columns, bands: { top: look.top, bottom: look.bottom, tall },
    data: { x: left, y: middle - look.data / 2, w: look.data, h: look.data },
    loss: { x: start + look.inputs + width * layers.length, y: middle - 75, w: look.loss, h: 150 },
  };
}

/** Of a tall column the first neurons, a gap, and the last one. @param {number} units @param {{x: number, w: number}} at
 * @param {number} middle @param {number} gap @param {number} most @returns {Column} */
function column(units, at, middle, gap, most) {
  const drawn = Math.min(units, most);
  const y = (/** @type {number} */ k) => middle + (k - (drawn - 1) / 2) * gap;
  const whole = units <= most;
  const neurons = Array.from({ length: drawn }, (_, k) => {
    const index = whole || k < drawn - 2 ? k : k === drawn - 2 ? -1 : units - 1;
    return { index, units, x: at.x, y: y(k) };
  });
  return { ...at, units, neurons, hidden: whole ? 0 : units - drawn + 1 };
}

/** Every edge between two columns as one path; neurons that are not drawn have none.
 * @param {Column} from @param {Column} to @param {number} r */
export function weave(from, to, r) {
  const drawn = (/** @type {Column} */ c) => c.neurons.filter((n) => n.index >= 0);
  const bend = (to.x - from.x - 2 * r) * 0.45;
  return drawn(from).flatMap((a) => drawn(to).map((b) => {
    const [x1, x2] = [a.x + r, b.x - r];
    return `M${x1.toFixed(1)} ${a.y.toFixed(1)}C${(x1 + bend).toFixed(1)} ${a.y.toFixed(1)} ${(x2 - bend).toFixed(1)} ${b.y.toFixed(1)} ${x2.toFixed(1)} ${b.y.toFixed(1)}`;
  })).join("");
}
