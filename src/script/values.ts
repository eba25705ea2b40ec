/** What Python's operators make of values that are known. */
import type { Literal } from "./reading.js";

// Longer than any list that is written by hand, and short enough for `range(10**9)`.
export const mostItems = 10_000;

export function isList(value: Literal | undefined): value is readonly Literal[] {
  return Array.isArray(value);
}

export function isDictionary(
  value: Literal | undefined,
): value is { readonly [key: string]: Literal } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether `if value:` goes on. */
export function isTrue(value: Literal): boolean {
  if (isList(value)) return value.length > 0;
  if (isDictionary(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** As `str(value)` would say it, for a value that is neither a list nor a dictionary. */
export function textOf(value: Literal): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Sets a key that may be called `__proto__`. */
export function setKey(into: Record<string, Literal>, key: string, value: Literal): void {
  Object.defineProperty(into, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

export function elementOf(
  held: Literal | undefined,
  index: Literal | undefined,
): Literal | undefined {
  if (held === undefined || index === undefined) return undefined;
  if (typeof index === "number" && (isList(held) || typeof held === "string")) {
    return held.at(index);
  }
  if (!isDictionary(held) || typeof index === "object") return undefined;
  const key = textOf(index);
  return Object.hasOwn(held, key) ? held[key] : undefined;
}

export function unaryValue(operator: string, value: Literal | undefined): Literal | undefined {
  if (value === undefined) return undefined;
  if (operator === "not") return !isTrue(value);
  if (typeof value !== "number") return undefined;
  if (operator === "-") return -value;
  if (operator === "+") return value;
  return operator === "~" ? ~value : undefined;
}

export function binaryValue(
  operator: string,
  left: Literal | undefined,
  right: Literal | undefined,
): Literal | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case "and":
      return isTrue(left) ? right : left;
    case "or":
      return isTrue(left) ? left : right;
    case "==":
      return isSame(left, right);
    case "!=":
      return !isSame(left, right);
    case "in":
      return contains(right, left);
    case "not in": {
      const inside = contains(right, left);
      return inside === undefined ? undefined : !inside;
    }
    case "is":
      return left === null || right === null ? left === right : undefined;
    case "is not":
      return left === null || right === null ? left !== right : undefined;
    default:
  }
  if (typeof left === "number" && typeof right === "number") {
    return numbersValue(operator, left, right);
  }
  return sequencesValue(operator, left, right);
}

function numbersValue(operator: string, left: number, right: number): Literal | undefined {
  const value = arithmetic[operator]?.(left, right);
  return typeof value === "number" && Number.isNaN(value) ? undefined : value;
}

const arithmetic: Readonly<Record<string, (left: number, right: number) => number | boolean>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => (right === 0 ? Number.NaN : left / right),
  "//": (left, right) => (right === 0 ? Number.NaN : Math.floor(left / right)),
  // The sign is the divisor's, as in Python and not as in JavaScript.
  "%": (left, right) => (right === 0 ? Number.NaN : left - right * Math.floor(left / right)),
  "**": (left, right) => left ** right,
  "<<": (left, right) => left * 2 ** right,
  ">>": (left, right) => Math.floor(left / 2 ** right),
  "<": (left, right) => left < right,
  ">": (left, right) => left > right,
  "<=": (left, right) => left <= right,
  ">=": (left, right) => left >= right,
};

function sequencesValue(operator: string, left: Literal, right: Literal): Literal | undefined {
  if (operator === "+") {
    if (typeof left === "string" && typeof right === "string") return left + right;
    if (isList(left) && isList(right)) return [...left, ...right];
  }
  if (operator === "%" && typeof left === "string") return percentText(left, right);
  if (operator === "|") {
    if (isDictionary(left) && isDictionary(right)) return { ...left, ...right };
  }
  if (operator === "*" && typeof right === "number" && isShort(left, right)) {
    if (typeof left === "string") return left.repeat(Math.max(0, right));
    if (isList(left)) return Array.from({ length: Math.max(0, right) }, () => left).flat();
  }
  return undefined;
}

/** `"--%s" % name`: plain holes only, as `%.3f` depends on more than the value. */
function percentText(text: string, value: Literal): string | undefined {
  const given = isList(value) ? value : [value];
  if (/%(?![sd%])/.test(text) || given.some((each) => typeof each === "object")) return undefined;
  let at = 0;
  const filled = text.replaceAll(/%[sd%]/g, (hole) => {
    if (hole === "%%") return "%";
    const next = given[at] ?? null;
    at += 1;
    return textOf(next);
  });
  return at === given.length ? filled : undefined;
}

/** `"--{}".format(name)`, with numbered holes too. */
export function formattedText(text: string, given: readonly Literal[]): string | undefined {
  if (/\{[^{}\d]+\}|\{\{|\}\}/.test(text) || given.some((each) => typeof each === "object")) {
    return undefined;
  }
  let at = 0;
  return text.replaceAll(/\{(\d*)\}/g, (_hole, number: string) => {
    const index = number === "" ? at : Number(number);
    at += 1;
    return textOf(given[index] ?? null);
  });
}

function isShort(left: Literal, times: number): boolean {
  const length = typeof left === "string" || isList(left) ? left.length : 0;
  return Number.isInteger(times) && length * times <= mostItems && times <= mostItems;
}

export function rangeOf(bounds: readonly (Literal | undefined)[]): number[] | undefined {
  if (!bounds.every((bound) => typeof bound === "number")) return undefined;
  const [first = 0, second, step = 1] = bounds;
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (step === 0 || !Number.isInteger(length) || length > mostItems) return undefined;
  return Array.from({ length }, (_, at) => from + at * step);
}

function isSame(left: Literal, right: Literal): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

function contains(held: Literal, value: Literal): boolean | undefined {
  if (typeof held === "string") return typeof value === "string" ? held.includes(value) : undefined;
  if (isList(held)) return held.some((each) => isSame(each, value));
  return isDictionary(held) && typeof value !== "object"
    ? Object.hasOwn(held, textOf(value))
    : undefined;
}
