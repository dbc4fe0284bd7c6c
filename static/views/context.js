/**
 * What every view is given: the state, what can be done, and how words and numbers are printed.
 * @typedef {{
 *   state: import("../state.js").State,
 *   store: {get: () => import("../state.js").State, set: (change: Partial<import("../state.js").State>) => void},
 *   actions: ReturnType<typeof import("../actions.js").createActions>,
 *   parts: Partial<import("../parts.js").Parts>,
 *   hurried: boolean, calm: boolean, part: "all" | "told" | "ways", dragged: boolean, waiting: boolean, beyond: number,
 *   config: import("../types.js").Config,
 *   t: (key: string, params?: Record<string, string | number>) => string,
 *   number: (value: import("../types.js").Numbers | null) => string,
 *   scope: import("../formula.js").Scope | null,
 *   room: import("../stage/scene.js").Room | null,
 *   scene: import("../stage/scene.js").Scene | null,
 *   commands: {theme: () => void, projector: () => void, full: () => void, blank: () => void, link: () => void, help: () => void, transcript: () => void, figures: () => void, present: () => void, presenter: () => void, spotlight: () => void, hues: (hues: string) => void, letters: () => void, fit: () => void, zoom: (factor: number) => void, lang: () => void},
 * }} Context
 */
export {};
