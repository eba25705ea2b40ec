/** Functions that search spaces in Python are written with: of `math`, of NumPy, and built in. */
import { type Draft, listOf, numberOf, wordOf } from "./draft.js";

type PythonFunction = (operands: readonly Draft[]) => Draft | undefined;

const ofNumber =
  (calculate: (x: number) => number): PythonFunction =>
  ([operand]) => {
    const x = numberIn(operand);
    const value = x === undefined ? Number.NaN : calculate(x);
    return Number.isNaN(value) ? undefined : numberOf(value, true);
  };

const mathematics: Readonly<Record<string, PythonFunction>> = {
  exp: ofNumber(Math.exp),
  log2: ofNumber(Math.log2),
  log10: ofNumber(Math.log10),
  sqrt: ofNumber(Math.sqrt),
  log: ([x, base]) => {
    const [number, to] = [numberIn(x), base === undefined ? Math.E : numberIn(base)];
    if (number === undefined || to === undefined || number <= 0) return undefined;
    return numberOf(base === undefined ? Math.log(number) : Math.log(number) / Math.log(to), true);
  },
  pow: ([x, y]) => {
    const [base, exponent] = [numberIn(x), numberIn(y)];
    return base === undefined || exponent === undefined
      ? undefined
      : numberOf(base ** exponent, true);
  },
};

const builtIn: Readonly<Record<string, PythonFunction>> = {
  float: ([operand]) => {
    const text = operand?.kind === "word" && typeof operand.value === "string" ? operand.value : "";
    const number = numberIn(operand) ?? (text.trim() === "" ? undefined : Number(text));
    return number === undefined || Number.isNaN(number) ? undefined : numberOf(number, true);
  },
  int: ([operand]) => {
    const number = numberIn(operand);
    return number === undefined ? undefined : numberOf(Math.trunc(number), false);
  },
  round: ([operand, digits]) => {
    const [number, to] = [numberIn(operand), digits === undefined ? 0 : numberIn(digits)];
    if (number === undefined || to === undefined) return undefined;
    return numberOf(Number(number.toFixed(Math.max(0, to))), digits !== undefined);
  },
  abs: ([operand]) =>
    operand?.kind === "number" ? numberOf(Math.abs(operand.value), operand.isFloat) : undefined,
  str: ([operand]) =>
    operand?.kind === "word" && typeof operand.value === "string" ? operand : undefined,
  bool: ([operand]) => (operand?.kind === "word" ? wordOf(Boolean(operand.value)) : undefined),
  list: ([operand]) => (operand === undefined ? listOf([]) : asList(operand)),
  tuple: ([operand]) => (operand === undefined ? listOf([]) : asList(operand)),
  sorted: ([operand]) => sorted(operand),
  range: (operands) => range(operands),
};

const numpy: Readonly<Record<string, PythonFunction>> = {
  ...mathematics,
  power: mathematics["pow"] ?? (() => undefined),
  array: ([operand]) => operand && asList(operand),
  linspace: ([from, to, count]) => spaced(from, to, count, (value) => value),
  logspace: ([from, to, count]) => spaced(from, to, count, (value) => 10 ** value),
  geomspace: ([from, to, count]) => {
    const [low, high] = [numberIn(from), numberIn(to)];
    if (low === undefined || high === undefined || low <= 0 || high <= 0) return undefined;
    return spaced(numberOf(Math.log(low)), numberOf(Math.log(high)), count, Math.exp);
  },
  arange: (operands) => range(operands),
};

/** By the dotted name as it is called; undefined where it is not known. */
export function pythonFunction(path: readonly string[]): PythonFunction | undefined {
  const [module, name, ...more] = path.length === 1 ? ["", ...path] : path;
  if (name === undefined || more.length > 0) return undefined;
  const table =
    module === "" ? builtIn : module === "math" ? mathematics : isNumpy(module) ? numpy : {};
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function isNumpy(module: string | undefined): boolean {
  return module === "np" || module === "numpy" || module === "jnp";
}

export function numberIn(draft: Draft | undefined): number | undefined {
  return draft?.kind === "number" ? draft.value : undefined;
}

function asList(draft: Draft): Draft | undefined {
  if (draft.kind === "list") return draft;
  return draft.kind === "map" ? listOf([...draft.entries.keys()].map(wordOf)) : undefined;
}

function sorted(draft: Draft | undefined): Draft | undefined {
  if (draft?.kind !== "list") return undefined;
  const numbers = draft.items.filter((item) => item.kind === "number");
  return numbers.length === draft.items.length
    ? listOf([...numbers].sort((a, b) => a.value - b.value))
    : undefined;
}

/** More values than this are no list that anyone meant. */
const most = 10_000;

function range(operands: readonly Draft[]): Draft | undefined {
  const numbers = operands.filter((each) => each.kind === "number");
  if (numbers.length !== operands.length) return undefined;
  const isFloat = numbers.some((each) => each.isFloat);
  const [first, second, third] = numbers.map(({ value }) => value);
  if (first === undefined) return undefined;
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const step = third ?? 1;
  const count = Math.ceil((to - from) / step);
  if (step === 0 || count > most) return undefined;
  return listOf(
    Array.from({ length: Math.max(0, count) }, (_, index) =>
      numberOf(clean(from + index * step), isFloat),
    ),
  );
}

function spaced(
  from: Draft | undefined,
  to: Draft | undefined,
  count: Draft | undefined,
  out: (value: number) => number,
): Draft | undefined {
  const [low, high] = [numberIn(from), numberIn(to)];
  const points = count === undefined ? 50 : numberIn(count);
  if (low === undefined || high === undefined || points === undefined) return undefined;
  if (points < 1 || points > most) return undefined;
  const step = points === 1 ? 0 : (high - low) / (points - 1);
  return listOf(
    Array.from({ length: points }, (_, index) => numberOf(clean(out(low + index * step)), true)),
  );
}

/** Without the error that sums of fractions bring. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
