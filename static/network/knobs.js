/** Sliders for settings: where a value stands on one, and which round value a place stands for. */

/** The learning rate's slider goes over these powers of ten, in so many steps each. */
export const DECADES = { from: -5, to: 3, steps: 20 };

/** @param {number} rate */
export const placeOf = (rate) => Math.round((Math.min(DECADES.to, Math.max(DECADES.from, Math.log10(Math.max(rate, 1e-300)))) - DECADES.from) * DECADES.steps);

/** The round number of two digits that a place stands for. @param {number} place */
export const rateAt = (place) => Number((10 ** (place / DECADES.steps + DECADES.from)).toPrecision(2));

export const PLACES = (DECADES.to - DECADES.from) * DECADES.steps;
