/**
 * The printed form of a dictionary: a JSON object, or a Python dict as `print` shows it, NumPy's and
 * torch's numbers included. Only what can be a metric is kept: numbers, by their path.
 */
import { parsePythonJson } from "../pythonJson.js";
import { numberSource, parseNumber } from "./number.js";

/** The numbers in the text of a dictionary, by name, nested names joined by dots; undefined where it is none. */
export function numbersOfDict(text: string): ReadonlyMap<string, number> | undefined {
  const json = parsePythonJson(text);
  const value = json ?? new PythonText(text).dict();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const numbers = new Map<string, number>();
  collect(value, "", numbers, depthLimit);
  return numbers;
}

/** Nobody nests metrics deeper, and a line of brackets must not exhaust the stack. */
const depthLimit = 8;

function collect(value: object, prefix: string, into: Map<string, number>, depth: number): void {
  if (depth === 0) return;
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    if (typeof inner === "number") into.set(name, inner);
    else if (typeof inner === "string") {
      // Hugging Face's Trainer prints its numbers as texts since version 5.
      const number = parseNumber(inner);
      if (number !== undefined) into.set(name, number);
    } else if (typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
      collect(inner, name, into, depth - 1);
    }
  }
}

const space = /\s*/y;
const string = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/y;
const number = new RegExp(numberSource, "iy");
/** `np.float64(0.5)`, `tensor(0.5, device='cuda:0')`: the number is what counts. */
const wrapped = new RegExp(
  String.raw`[A-Za-z_][\w.]*\(\s*(${numberSource})\s*(?:,[^()]*(?:\([^()]*\)[^()]*)*)?\)`,
  "iy",
);
const word = /True|False|None/y;

/** A reader of Python's notation, which gives up (undefined) at whatever a metrics dictionary does not hold. */
class PythonText {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  dict(): object | undefined {
    const value = this.#value();
    this.#match(space);
    const isWhole = this.#at === this.#text.length;
    return isWhole && typeof value === "object" && value !== null ? value : undefined;
  }

  #value(): unknown {
    this.#match(space);
    const opening = this.#text[this.#at];
    if (opening === "{") return this.#nested(() => this.#entries());
    if (opening === "[") return this.#nested(() => this.#items("]"));
    if (opening === "(") return this.#nested(() => this.#items(")"));
    const text = this.#match(string);
    if (text !== undefined) return text[1] ?? text[2];
    const inside = this.#match(wrapped);
    if (inside !== undefined) return parseNumber(inside[1] ?? "");
    const plain = this.#match(number);
    if (plain !== undefined) return parseNumber(plain[0].replaceAll(",", ""));
    return this.#match(word) === undefined ? undefined : null;
  }

  #nested<T>(read: () => T): T | undefined {
    if (this.#depth === depthLimit) return undefined;
    this.#depth += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #entries(): object | undefined {
    this.#at += 1;
    const entries: [string, unknown][] = [];
    while (!this.#skip("}")) {
      const key = this.#value();
      if ((typeof key !== "string" && typeof key !== "number") || !this.#skip(":"))
        return undefined;
      const value = this.#value();
      if (value === undefined) return undefined;
      entries.push([String(key), value]);
      if (this.#skip(",")) continue;
      if (this.#skip("}")) break;
      return undefined;
    }
    return Object.fromEntries(entries);
  }

  #items(closing: string): readonly unknown[] | undefined {
    this.#at += 1;
    const items: unknown[] = [];
    while (!this.#skip(closing)) {
      const item = this.#value();
      if (item === undefined) return undefined;
      items.push(item);
      if (this.#skip(",")) continue;
      if (this.#skip(closing)) break;
      return undefined;
    }
    return items;
  }

  #skip(character: string): boolean {
    this.#match(space);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match;
  }
}
