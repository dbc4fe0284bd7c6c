/**
 * The typefaces of graphs and formulas, fetched while the first graph is computed: one that came
 * after the picture would have every card and formula laid out anew.
 */
const FACES = ['16px "STIX Two Text"', 'italic 16px "STIX Two Text"', '16px "STIX Two Math"'];

/** One that cannot be had is asked for again by the text that needs it. */
export const fetchFaces = () => void Promise.allSettled(FACES.map((face) => document.fonts.load(face)));
