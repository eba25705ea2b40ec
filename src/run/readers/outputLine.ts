/**
 * What one printed line says of metrics. Scripts print in many ways, and most lines are none of
 * them, so this is a list of forms that are known, and of what looks like them and is not.
 */
import { numbersOfDict } from "./dict.js";
import { numberSource, parseNumber } from "./number.js";

export interface LineReading {
  /** As the line names it: a step, an epoch, a round. */
  readonly step: number | undefined;
  readonly metrics: ReadonlyMap<string, number>;
  /**
   * `bar`: a progress bar, which shows its numbers again and again. `part`: Keras in the middle of
   * an epoch, whose averages are not the epoch's yet.
   */
  readonly form: "line" | "bar" | "part";
}

const nothing: LineReading = { step: undefined, metrics: new Map(), form: "line" };

/** Longer ones are read only where they are a dictionary. */
const proseLimit = 4096;

export function readOutputLine(raw: string): LineReading {
  const line = withoutControls(raw).trim();
  if (!/\d|nan|inf/i.test(line)) return nothing;
  const dict = readDict(line);
  if (dict !== undefined) return dict;
  if (line.length > proseLimit) return nothing;
  return readBar(line) ?? readKeras(line) ?? readProse(line);
}

/** Colours, cursor movements, window titles, backspaces. */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\-_]|[\u0000-\u0008\u000b-\u001a\u001c-\u001f]/g;

function withoutControls(text: string): string {
  return text.replace(controls, "");
}

/** A dictionary at the end of the line, alone or after what a logger puts before it. */
function readDict(line: string): LineReading | undefined {
  const start = line.indexOf("{");
  if (start === -1 || !line.endsWith("}")) return undefined;
  const numbers = numbersOfDict(line.slice(start));
  if (numbers === undefined) return undefined;
  const metrics = new Map([...numbers].filter(([name]) => !isStepName(name) && isMetricName(name)));
  return { step: stepAmong(numbers) ?? stepIn(line.slice(0, start)), metrics, form: "line" };
}

/** tqdm, and Lightning's bar: `Epoch 3:  50%|█████     | 5/10 [00:01<00:01, 4.0it/s, loss=0.3]`. */
function readBar(line: string): LineReading | undefined {
  const bar = /^(.{0,200}?)\d+%\|[^|]{0,300}\|\s*\S+\s*\[(.*)\]/.exec(line);
  if (bar === null) return undefined;
  const [, title = "", postfix = ""] = bar;
  return { step: stepIn(title), metrics: assignmentsIn(postfix), form: "bar" };
}

/** `12/30 [====>....] - ETA: 0s - loss: 0.3`, and the same with Keras 3's bar of lines. */
function readKeras(line: string): LineReading | undefined {
  const bar = /^(\d+)\/(\d+|Unknown)\s+(?:\[[=>.\s]*\]|[━\s]+(?=\d))(.*)$/.exec(line);
  if (bar === null) return undefined;
  const [, done, all, rest = ""] = bar;
  const form = done === all ? "line" : "part";
  return { step: undefined, metrics: assignmentsIn(rest), form };
}

function readProse(line: string): LineReading {
  // What holds a name and a number and is no metric: addresses, and calls such as
  // `Namespace(lr=0.1)` or `Dropout(p=0.5)`. `tensor(0.5)` after a name is the metric's value.
  const prose = line
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, " ")
    .replace(wrappedNumber, "$1")
    .replace(/\b[A-Za-z_][\w.]*\([^()]*=[^()]*\)/g, " ");
  return { step: stepIn(prose), metrics: assignmentsIn(prose), form: "line" };
}

const wrappedNumber = new RegExp(
  String.raw`\b(?:tensor|array|(?:np|numpy|torch|jnp)\.\w+|Array)\(\s*(${numberSource})\s*(?:,[^()]*(?:\([^()]*\))?[^()]*)?\)`,
  "gi",
);

const qualifier =
  "train(?:ing)?|val(?:id(?:ation)?)?|eval(?:uation)?|test|dev|avg|average|mean|best|final|total|running|epoch|batch";
const noun =
  "loss|acc(?:uracy)?|err(?:or)?|rmse|mse|mae|mape|nll|auc|auroc|f1|precision|recall|iou|dice|map|bleu|rouge|ppl|perplexity|bpc|wer|cer|reward|return|score|r2|top1|top5";

/**
 * A name and its number. Words before the name belong to it where they say whose number it is
 * (`Val Loss: 0.3` is `val_loss`). Between the two stands `=` or `:`, or for names that are surely
 * a metric's only a space (`step 250: train loss 1.96, val loss 2.1`).
 */
const assignment = new RegExp(
  String.raw`(?<![\w./@\\?&$-])((?:(?:${qualifier})\s+)*)` +
    String.raw`(?:([A-Za-z_][\w./@-]*(?:\([A-Z]\))?(?:'s\s[\w@.-]+)?)(\s*[=:]\s*)|((?:${noun}))(\s+))` +
    `(${numberSource})(%?)(?=$|[^\\w])`,
  "gi",
);

function assignmentsIn(text: string): ReadonlyMap<string, number> {
  const found: { name: string; value: number; at: number }[] = [];
  for (const match of text.matchAll(assignment)) {
    const [whole, qualifiers = "", assigned, sign, named, , digits = "", percent] = match;
    const value = parseNumber(digits);
    const bare = assigned ?? named ?? "";
    const rest = text.slice(match.index + whole.length);
    if (value === undefined || isStepName(bare) || !isMetricName(bare)) continue;
    if (percent === "" && isNoValue(digits, rest, sign)) continue;
    found.push({ name: fullName(qualifiers, bare), value, at: match.index });
  }
  return withSections(text, found);
}

/** Whether the digits are only the beginning of something else: a version, a date, a fraction, a duration. */
function isNoValue(digits: string, rest: string, sign: string | undefined): boolean {
  // `host:8080`, `cuda:0`, `file.py:42`.
  if (sign === ":" && /^\d+$/.test(digits)) return true;
  if (/^(?:\.\w|[-/:]\d|\/\w|-[A-Za-z]|[\w@])/.test(rest)) return true;
  if (unit.test(rest)) return true;
  // `Found: 5 files`, but not `acc: 1 loss: 0.5`.
  return (
    /^\d+$/.test(digits) && /^ [A-Za-z]+(?![\w]*\s*[=:\d])/.test(rest) && !nounFollows.test(rest)
  );
}

const unit =
  /^ ?(?:[mun]?s|secs?|seconds?|mins?|minutes?|h|hours?|days?|[kmgt]i?b|bytes?|it\/s|fps|hz|tokens?)\b(?!\s*[=:])/i;
const nounFollows = new RegExp(`^ (?:(?:${qualifier}) )*(?:${noun})\\b`, "i");

function fullName(qualifiers: string, bare: string): string {
  if (qualifiers === "") return bare.replace(/\s/g, "_");
  return `${qualifiers}${bare}`.trim().toLowerCase().replace(/\s+/g, "_");
}

/**
 * `Train - loss: 0.5 acc: 0.8 | Val - loss: 0.6 acc: 0.7` names everything twice: then the word
 * before each half is a part of the names.
 */
function withSections(
  text: string,
  found: readonly { name: string; value: number; at: number }[],
): ReadonlyMap<string, number> {
  const isTwice = new Set(found.map(({ name }) => name)).size < found.length;
  if (!isTwice) return new Map(found.map(({ name, value }) => [name, value]));
  const sections = [...text.matchAll(section)].map((match) => ({
    at: match.index,
    name: (match[1] ?? "").toLowerCase(),
  }));
  return new Map(
    found.map(({ name, value, at }) => {
      const own = sections.findLast((each) => each.at < at);
      return [own === undefined ? name : `${own.name}_${name}`, value];
    }),
  );
}

const section = new RegExp(`\\b(${qualifier})\\b(?=\\W)(?!\\s*[=:]\\s*\\d)`, "gi");

/** The names of steps, the surest first where a line has several. */
const stepNames = [
  "global_step",
  "trainer/global_step",
  "_step",
  "step",
  "iteration",
  "iter",
  "epoch",
  "round",
];

function isStepName(name: string): boolean {
  return stepNames.includes(name.toLowerCase());
}

function stepAmong(numbers: ReadonlyMap<string, number>): number | undefined {
  for (const name of stepNames) {
    const value = numbers.get(name);
    if (value !== undefined && isStep(value)) return value;
  }
  return undefined;
}

/** Whether a number can be a step; what is beyond the safe integers would tie with its neighbours. */
export function isStep(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function stepOrNone(value: number): number | undefined {
  return isStep(value) ? value : undefined;
}

const step =
  /(?<![\w/])(global_step|step|iteration|iter|epoch|round)\b\s*[:=#]?\s*\[?\s*(\d+(?:\.0+)?)(?![\d.]*\d|e[+-]?\d|ms|s\b)(?:\s*\/\s*(\d+))?/gi;
/** How boosters begin a line: `[10]\tvalid_0's l2: 0.02`, `10:\tlearn: 0.7`. */
const boosterStep = /^(?:\[(\d+)\]\s|(\d+):\t)/;

function stepIn(text: string): number | undefined {
  const booster = boosterStep.exec(text);
  if (booster !== null) return stepOrNone(Number(booster[1] ?? booster[2]));
  const numbers = new Map<string, number>();
  const outOf = new Map<string, number>();
  for (const [, name = "", at, all] of text.matchAll(step)) {
    const key = name.toLowerCase();
    if (numbers.has(key)) continue;
    numbers.set(key, Number(at));
    if (all !== undefined) outOf.set(key, Number(all));
  }
  return stepWithinEpoch(numbers, outOf) ?? stepAmong(numbers);
}

/** `Epoch [2/5], Step [100/600]` counts its steps from the epoch's start: here they go on. */
function stepWithinEpoch(
  numbers: ReadonlyMap<string, number>,
  outOf: ReadonlyMap<string, number>,
): number | undefined {
  const epoch = numbers.get("epoch");
  const inner = ["step", "iteration", "iter"].find((name) => outOf.has(name));
  if (epoch === undefined || inner === undefined) return undefined;
  return stepOrNone(epoch * (outOf.get(inner) ?? 0) + (numbers.get(inner) ?? 0));
}

/** Words that stand before numbers and are no metrics. */
const otherNames = new Set(
  (
    "eta elapsed time seconds duration took v_num seed gpu gpus device devices rank local_rank " +
    "world_size pid port line version epochs steps batch_size num_workers workers params parameters " +
    "samples images remaining code status exit total_params info debug note usage at page"
  ).split(" "),
);

function isMetricName(name: string): boolean {
  if (otherNames.has(name.toLowerCase())) return false;
  // A logger's level, and the place in a file that a warning comes from.
  return !/^(?:WARNING|ERROR|CRITICAL)$|\.(?:py|pyx|cc|cpp|cu|c|h|js|ts|ipynb|so)$/.test(name);
}
