/**
 * The messages between the board's host (the extension) and its page (the webview).
 *
 * The host owns the study: it sorts, ranks, filters and folds. The page owns what the reader did:
 * it sends the whole view each time it changes, and draws what it is told. Both ends check what
 * they receive with the schemas below. Rows travel as typed arrays, one per column; a place in
 * those arrays is called a row's *index* and never changes, while `lines` says in which order the
 * rows stand now.
 *
 * The page says `ready`; the host answers with a `snapshot`, then with `delta`s numbered from the
 * snapshot's version up, at most one unacknowledged. Everything the host sends carries the id of
 * its instance, so that a page which outlives a host notices that another one speaks.
 */
import * as z from "zod/mini";

export const protocolVersion = 1;

/** How long without a sign of the host until the page says that it is reconnecting. */
export const silenceMs = 3000;
export const heartbeatMs = 1000;
/** How long the page waits for curves, details and comparisons. */
export const answerTimeoutMs = 5000;
/** How many trials can be compared at once. */
export const compareMost = 5;

/** A trial's state as the board shows it. On the wire: the place in this list. */
export const boardStates = [
  "complete",
  "pruned",
  "failed",
  "out-of-memory",
  "stopped",
  "lost",
  "running",
  "paused",
  "waiting",
] as const;
export type BoardState = (typeof boardStates)[number];

export const stateWords: Readonly<Record<BoardState, string>> = {
  complete: "Completed",
  pruned: "Stopped early",
  failed: "Failed",
  "out-of-memory": "Out of memory",
  stopped: "Stopped",
  lost: "Lost",
  running: "Running",
  paused: "Paused",
  waiting: "Queued",
};

const boardState = z.enum(boardStates);
const trialNumber = z.int().check(z.nonnegative());
const trialNumbers = z.array(trialNumber);
const column = z.string();
const floats = z.custom<Float64Array>((value) => value instanceof Float64Array);
const integers = z.custom<Int32Array>((value) => value instanceof Int32Array);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** How the numbers of a column are written; `numberText` is the one place that does it. */
const numberFormat = z.discriminatedUnion("kind", [
  /** Beyond 1e6, and below 1e-4 but for zero, in scientific notation. */
  z.object({ kind: z.literal("fixed"), decimals: z.int() }),
  /** `3.2e-4`: one digit before the point. */
  z.object({ kind: z.literal("scientific"), decimals: z.int() }),
  z.object({ kind: z.literal("integer") }),
  /** Seconds, as `2:41` or `1:02:41`. */
  z.object({ kind: z.literal("duration") }),
]);
export type NumberFormat = z.infer<typeof numberFormat>;

const columnSpec = z.object({
  /** `rank`, `star`, `state`, `number`, `objective`, `delta`, `curve`, `step`, `time`, `slot`, or `parameter:<name>`, `metric:<name>`. */
  id: column,
  title: z.string(),
  align: z.enum(["left", "right", "centre"]),
  /** How many characters the 95th percentile of its texts has. */
  characters: z.int(),
  pinned: z.boolean(),
  shown: z.boolean(),
  /** Whether the reader may hide and pin it. */
  optional: z.boolean(),
  /** Whether its value differs between trials. */
  varies: z.boolean(),
  format: z.nullable(numberFormat),
  /** Where values are marked on their own scale: the range of a log parameter. */
  range: z.nullable(z.object({ min: z.number(), max: z.number() })),
});
export type ColumnSpec = z.infer<typeof columnSpec>;

/** The values of one column, by index. */
const cells = z.discriminatedUnion("kind", [
  /** NaN where a trial has no value. */
  z.object({ kind: z.literal("number"), values: floats }),
  /** −1 where a trial has no value. */
  z.object({ kind: z.literal("word"), words: z.array(z.string()), codes: integers }),
]);
export type Cells = z.infer<typeof cells>;

/** What every row has, by index. */
const rows = z.object({
  numbers: integers,
  states: bytes,
  starred: bytes,
  /** How many reports its curve has: a curve asked for at another count is out of date. */
  reports: integers,
  /** Milliseconds since 1970, NaN where it never started. The page counts a running trial's time from it. */
  startedAt: floats,
  /** What the row says in place of a difference or a value: a reason, where it was stopped. */
  notes: z.array(z.string()),
});
export type Rows = z.infer<typeof rows>;

/** Several rows folded into one line, or the queue, which has no rows to open. */
const fold = z.object({
  state: boardState,
  text: z.string(),
  open: z.boolean(),
  /** The numbers of its trials: empty for the queue. */
  trials: trialNumbers,
});
export type Fold = z.infer<typeof fold>;

/** A sentence of which some parts lead to a trial. */
const sentence = z.array(z.object({ text: z.string(), trial: z.nullable(trialNumber) }));
export type Sentence = z.infer<typeof sentence>;

const studyAction = z.enum([
  "pause",
  "resume",
  "stopSweep",
  "rerunFailed",
  "openSweep",
  "revealStudy",
  "exportCsv",
  "runSweep",
  "newSweep",
]);
export type StudyAction = z.infer<typeof studyAction>;

const header = z.object({
  /** Which study: its folder. Empty where there is none. */
  study: z.string(),
  name: z.string(),
  sentence,
  progress: z.array(z.object({ state: boardState, count: z.int() })),
  /** Trials by state, for the chips; queued ones included. */
  counts: z.array(z.object({ state: boardState, count: z.int() })),
  total: z.nullable(z.int()),
  /** The name of the objective; null for a sweep without a metric. */
  objective: z.nullable(z.string()),
  goal: z.enum(["minimize", "maximize"]),
  /** The best value, which differences refer to. */
  best: z.nullable(z.number()),
  actions: z.array(studyAction),
  /** Something the reader should know, with the one thing to do about it. */
  notice: z.nullable(
    z.object({
      severity: z.enum(["info", "warning", "error"]),
      text: z.string(),
      action: z.nullable(z.object({ label: z.string(), action: studyAction })),
    }),
  ),
  /** What the empty grid says; null while there are rows, or a filter to blame. */
  empty: z.nullable(z.array(z.string())),
  /** Why the filter cannot be read, with what to write instead. */
  filterProblem: z.nullable(z.string()),
  /** How many trials wait behind "n new". */
  fresh: z.int(),
  /** What the screen reader is told, once. */
  announcement: z.nullable(z.string()),
  now: z.number(),
});
export type Header = z.infer<typeof header>;

/** The frame that curves are drawn in, and the middle 80% of the field. */
const field = z.object({
  firstStep: z.number(),
  lastStep: z.number(),
  /** Whether steps are counted from 0, so that the last of n is n − 1. */
  counted: z.boolean(),
  min: z.number(),
  max: z.number(),
  log: z.boolean(),
  steps: floats,
  low: floats,
  high: floats,
});
export type Field = z.infer<typeof field>;

const curve = z.object({
  trial: trialNumber,
  reports: z.int(),
  steps: floats,
  values: floats,
  /** The report that the trial's value comes from; null where there is none. */
  counts: z.nullable(z.object({ step: z.number(), value: z.number() })),
});
export type Curve = z.infer<typeof curve>;

/** What the reader did. The page keeps it over reloads, and sends all of it whenever it changes. */
export const boardView = z.object({
  study: z.string(),
  sort: z.object({ column, descending: z.boolean() }),
  filter: z.string(),
  /** States whose chips are pressed; none means all. */
  states: z.array(boardState),
  /** Columns shown or hidden against the default. */
  show: z.record(z.string(), z.boolean()),
  /** Columns pinned beyond the first six. */
  pin: z.array(column),
  onlyVarying: z.boolean(),
  opened: trialNumbers,
  selected: trialNumbers,
  /** Whether new ranks wait behind "n new". Taking it back applies them. */
  holding: z.boolean(),
});
export type BoardView = z.infer<typeof boardView>;

export const defaultSort = { column: "objective", descending: false };

export function emptyView(study: string): BoardView {
  return {
    study,
    sort: { ...defaultSort },
    filter: "",
    states: [],
    show: {},
    pin: [],
    onlyVarying: true,
    opened: [],
    selected: [],
    holding: false,
  };
}

const trialAction = z.enum([
  "stop",
  "rerun",
  "openLog",
  "showTerminal",
  "copyCommand",
  "copyYaml",
  "openConfig",
  "reveal",
]);
export type TrialAction = z.infer<typeof trialAction>;

const ask = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("curves"), trials: trialNumbers }),
  z.object({ kind: z.literal("details"), trial: trialNumber }),
  /** The first trial is the baseline. */
  z.object({ kind: z.literal("compare"), trials: trialNumbers }),
  z.object({ kind: z.literal("act"), action: trialAction, trials: trialNumbers }),
  z.object({ kind: z.literal("study"), action: studyAction }),
  z.object({ kind: z.literal("star"), trials: trialNumbers, starred: z.boolean() }),
  /** The same two configurations in VS Code's own diff editor. */
  z.object({ kind: z.literal("openDiff"), trials: z.tuple([trialNumber, trialNumber]) }),
  z.object({ kind: z.literal("copyText"), text: z.string() }),
]);
export type Ask = z.infer<typeof ask>;

export const pageMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), protocol: z.int(), view: z.nullable(boardView) }),
  z.object({ type: z.literal("ack"), version: z.int() }),
  z.object({ type: z.literal("view"), view: boardView }),
  z.object({ type: z.literal("request"), id: z.int(), ask }),
]);
export type PageMessage = z.infer<typeof pageMessage>;

const named = z.object({ name: z.string(), text: z.string(), exact: z.string() });

const details = z.object({
  trial: trialNumber,
  state: boardState,
  sentence: z.string(),
  parameters: z.array(named),
  metrics: z.array(named),
  command: z.nullable(z.string()),
  /** The last lines of its output: for a trial that failed. */
  tail: z.nullable(z.string()),
  curve,
});
export type Details = z.infer<typeof details>;

const comparedCell = z.object({
  text: z.string(),
  exact: z.string(),
  /** Against the baseline. */
  mark: z.enum(["same", "changed", "gone"]),
  /** A difference, a ratio or a word; empty where there is nothing to say. */
  against: z.string(),
});
const comparedRow = z.object({
  name: z.string(),
  group: z.array(z.string()),
  cells: z.array(comparedCell),
});
export type ComparedRow = z.infer<typeof comparedRow>;

const comparison = z.object({
  trials: z.array(z.object({ trial: trialNumber, state: boardState, note: z.string() })),
  metrics: z.array(comparedRow),
  differing: z.array(comparedRow),
  identical: z.array(comparedRow),
  curves: z.array(curve),
  /** For the clipboard. */
  table: z.string(),
});
export type Comparison = z.infer<typeof comparison>;

const answer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("curves"), curves: z.array(curve) }),
  z.object({ kind: z.literal("details"), details }),
  z.object({ kind: z.literal("compare"), comparison }),
  z.object({ kind: z.literal("done") }),
]);
export type Answer = z.infer<typeof answer>;

const changes = {
  host: z.string(),
  version: z.int(),
  header,
  columns: z.nullable(z.array(columnSpec)),
  field: z.nullable(field),
  /** By index, of all rows: from 1, and 0 where a trial has no rank. Null where none changed. */
  ranks: z.nullable(integers),
  /** Rows by their place on the board: an index, or −1 − k for the fold k. Null where nothing moved. */
  lines: z.nullable(integers),
  folds: z.array(fold),
};

export const hostMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("snapshot"),
    protocol: z.int(),
    view: boardView,
    rows,
    cells: z.record(column, cells),
    ...changes,
  }),
  z.object({
    type: z.literal("delta"),
    /** The rows that `rows` and `cells` speak of; an index beyond the last appends. */
    indices: integers,
    rows,
    cells: z.record(column, cells),
    ...changes,
  }),
  z.object({ type: z.literal("heartbeat"), host: z.string() }),
  z.object({
    type: z.literal("reply"),
    host: z.string(),
    id: z.int(),
    ok: z.literal(true),
    answer,
  }),
  z.object({ type: z.literal("refusal"), host: z.string(), id: z.int(), message: z.string() }),
  /** Shows a trial: selected, and scrolled into sight. */
  z.object({ type: z.literal("reveal"), host: z.string(), trial: trialNumber }),
]);
export type HostMessage = z.infer<typeof hostMessage>;
export type Snapshot = Extract<HostMessage, { type: "snapshot" }>;
export type Delta = Extract<HostMessage, { type: "delta" }>;

const enDash = "–";

/** A number as the board writes it; an en dash for NaN. */
export function numberText(value: number, format: NumberFormat): string {
  if (Number.isNaN(value)) return enDash;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  switch (format.kind) {
    case "integer":
      return minus(String(Math.round(value)));
    case "duration":
      return durationText(value);
    case "scientific":
      return minus(value.toExponential(format.decimals).replace("e+", "e"));
    case "fixed": {
      const size = Math.abs(value);
      const small = size < 1e-4 && value !== 0 && format.decimals < 5;
      return size >= 1e6 || small
        ? minus(value.toExponential(2).replace("e+", "e"))
        : minus(value.toFixed(format.decimals));
    }
    default:
      return format satisfies never;
  }
}

/** `+0.0049`: a difference always has its sign; empty where there is none. */
export function differenceText(value: number, from: number, format: NumberFormat): string {
  // Of durations only whole seconds are seen, and what is seen must add up.
  const seen = format.kind === "duration" ? Math.floor : Number;
  const difference = seen(value) - seen(from);
  if (Number.isNaN(difference) || difference === 0) return "";
  const size = Math.abs(difference);
  const decimals = format.kind === "fixed" ? format.decimals : 2;
  const text =
    size < 1e6 && format.kind === "fixed" ? size.toFixed(decimals) : numberText(size, format);
  if (Number(text) === 0) return "≈ 0";
  return `${difference < 0 ? "−" : "+"}${text}`;
}

/** Seconds as `m:ss` or `h:mm:ss`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (part: number): string => String(part).padStart(2, "0");
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function minus(text: string): string {
  return text.startsWith("-") ? `−${text.slice(1)}` : text;
}
