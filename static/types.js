/**
 * What the server sends and what the page remembers.
 *
 * @typedef {number | string} Cell  a number, or "NaN", "Infinity", "-Infinity"
 * @typedef {Cell | any[]} Numbers  a cell, or nested lists of cells
 * @typedef {{id: string, label: string, latex: string, kind: string, op: string | null,
 *   args: string[], shape: number[], value: Numbers | null, grad: Numbers | null,
 *   sign: string | null, folded: boolean, element?: {node: string, index: number[]} | null, group?: string | null, nodes?: string[] | null, layer?: {output: string} | null, passing?: boolean,
 *   statistics?: Record<string, Record<string, any> | null> | null, summary: Record<string, Cell> | null}} GraphNode
 * @typedef {{source: string, target: string, slot: number, local: Numbers | null,
 *   local_kind: "elementwise" | "rule", local_latex: string, template: string, compound: boolean,
 *   contribution: Numbers | null, factors?: Factor[] | null}} Edge
 * @typedef {{latex: string, shape: number[], value: Numbers | null, role: string, transposed: boolean, sign: string}} Factor  of a rule's product
 * @typedef {{name: string, latex: string}} Line
 * @typedef {{index: number, phase: "forward" | "loss" | "backward" | "update", node: string,
 *   source?: string | null, slot?: number | null, text?: string, latex?: string, lines?: Line[],
 *   total?: Numbers | null, steps?: number[] | null}} Step
 * @typedef {{parameter: string, old: Numbers, gradient: Numbers, change: Numbers, new: Numbers,
 *   terms?: Term[]}} Update
 * @typedef {{name: string, symbol: string, template: string | null, value: Numbers | null}} Term  a quantity of an update
 * @typedef {{node: string, h: number, minus: Cell, plus: Cell, slope: Cell, gradient: Cell, kink?: boolean}} NudgeResult
 * @typedef {{program: string, output: string, value: Numbers, detail: string, nodes: GraphNode[],
 *   edges: Edge[], steps: Step[], updates: Update[], notices: string[],
 *   paths?: Record<string, {paths: number[][], more: boolean}>, nudge?: NudgeResult | null,
 *   rows?: number[] | null, links: {page: string}}} Graph
 * @typedef {{title: string, status: number, detail: string, position?: {line: number, column: number},
 *   wait?: number, pointer?: string, cell?: {row: number, column: number | null}, missing?: string[]}} Problem
 * @typedef {{name: string, elementwise: boolean, latex: string, local_latex: string[] | null,
 *   rule_latex?: string[] | null, doc: Record<string, string>}} Op
 * @typedef {{name: string, default: Numbers | null}} Leaf
 * @typedef {{program: string, values: Record<string, Numbers>, constants?: string[],
 *   labels?: Record<string, string>, update?: {learning_rate: number, parameters: string[]} | null, detail?: string, expand?: string[],
 *   told?: {start: number, count: number}}} GraphSpec
 * @typedef {{id: string, title: Record<string, string>, text: Record<string, string>, graph: string,
 *   from?: number, to?: number, point?: string[], ask?: string[], widget?: string, note?: Record<string, string>,
 *   slides?: Record<string, Numbers>, notes?: Record<string, string>,
 *   view?: {reveal?: string, symbols?: boolean, tab?: string, select?: string}}} Scene
 * @typedef {{slug: string, number: string, title: Record<string, string>,
 *   graphs: Record<string, GraphSpec>, scenes: Scene[], own?: boolean, networks?: Record<string, {network: Record<string, any>}>}} Lesson  `networks`: from which some of the graphs are drawn
 * @typedef {{graphs: {asked: GraphSpec, answers: Record<string, Graph>}[], ops: Op[]}} Recorded  answers by language
 * @typedef {{title: Record<string, string>, icon: string, words: Record<string, Record<string, string>>,
 *   start: Partial<import("./state.js").State>} & Recorded} PlayerFile  what a page that is a file of its own brings along
 * @typedef {GraphSpec & {template: string, title: Record<string, string>, level: number, seed: number, address: string, questions: {kind: string, step: number}[],
 *   templates: {name: string, title: Record<string, string>}[], levels: number}} Exercise
 * @typedef {{api: string, base: string, static: string, keepDays: number, lang: string, languages: Record<string, string>, page: string,
 *   lesson: Lesson | null, player?: PlayerFile, exercise?: Exercise | null, records?: Recorded | null, embedders?: string[], messages: Record<string, string>,
 *   lessons: {slug: string, number: string, title: string}[]}} Config
 */
export {};
