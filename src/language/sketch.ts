/**
 * What a sweep says, told by its lines alone, for completion: a text that is being typed is seldom
 * YAML, and its keys mean something all the same.
 */
import { framesBetween } from "./flow.js";
import {
  type Entry,
  entriesOf,
  inlineValue,
  isBlank,
  type Line,
  linesOf,
  unquoted,
} from "./outline.js";

export interface Sketch {
  /** Those at the top. */
  readonly keys: readonly string[];
  readonly method: string | undefined;
  readonly program: string | undefined;
  readonly metric: { readonly name: string | undefined; readonly goal: string | undefined };
  /** The words of the command; empty where there is none. */
  readonly command: readonly string[];
  readonly parameters: readonly SketchedParameter[];
}

export interface SketchedParameter {
  /** With dots between groups. */
  readonly name: string;
  /** By key, what is written behind it on its line; the items of a list with commas between them. */
  readonly fields: ReadonlyMap<string, string>;
}

/** What it may be: the items of `values`, or its one `value`, as they are written. */
export function valuesIn({ fields }: SketchedParameter): readonly string[] {
  const written = fields.get("values") ?? fields.get("value") ?? "";
  return [...written.matchAll(/"[^"]*"|'[^']*'|[^\s,[\]]+/g)].map(([word]) => word);
}

interface Open {
  readonly indent: number;
  readonly kind: Entry["kind"];
  readonly key: string;
}

/** Never throws. */
export function sketchOf(text: string): Sketch {
  const top = new Map<string, string>();
  const metric = new Map<string, string>();
  const command: string[] = [];
  const parameters = new Map<string, Map<string, string>>();
  for (const { path, value, at } of walk(text)) {
    const [first, second, ...more] = path;
    if (first === undefined) continue;
    if (second === undefined) top.set(first, value);
    if (first === "metric") {
      for (const [key, each] of fieldsAt(text, at, value)) metric.set(key, each);
      if (second !== undefined && more.length === 0) metric.set(second, unquoted(value));
    }
    if (first === "command") command.push(...wordsAt(text, at, value, second));
    if (first === "parameters" && second !== undefined) {
      noteParameter(parameters, [second, ...more], fieldsAt(text, at, value), value);
    }
  }
  return {
    keys: [...top.keys()],
    method: wordOf(top.get("method")),
    program: wordOf(top.get("program")),
    metric: { name: metric.get("name"), goal: metric.get("goal") },
    command,
    parameters: [...parameters].map(([name, fields]) => ({ name, fields })),
  };
}

interface Step {
  /** Keys from the top; an item of a list is the empty text. */
  readonly path: readonly string[];
  /** Behind the entry, on its line. */
  readonly value: string;
  /** Where that starts in the text. */
  readonly at: number;
}

function* walk(text: string): Generator<Step> {
  const open: Open[] = [];
  for (const line of linesOf(text)) {
    if (isBlank(line)) continue;
    for (const entry of entriesOf(line)) {
      closeBefore(open, entry);
      open.push(entry);
      const value = inlineValue(line, entry);
      yield { path: open.map(({ key }) => key), value, at: startOf(line, entry) };
    }
  }
}

function closeBefore(open: Open[], { indent, kind }: Entry): void {
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const isListBelowKey = top.kind === "key" && kind === "item" && top.indent === indent;
    if (top.indent < indent || isListBelowKey) return;
    open.pop();
  }
}

function startOf(line: Line, entry: Entry): number {
  const rest = line.text.slice(entry.valueStart);
  return line.start + entry.valueStart + Math.max(0, rest.search(/\S/));
}

/** The fields of `{min: 0, max: 1}`; none of other values. */
function fieldsAt(text: string, at: number, value: string): ReadonlyMap<string, string> {
  if (!value.startsWith("{")) return new Map();
  const end = text.indexOf("}", at);
  const [frame] =
    framesBetween(`${text.slice(at, end < 0 ? undefined : end)},`, 0, end - at + 1) ?? [];
  return new Map([...(frame?.siblings ?? [])].map(([key, each]) => [key, unquoted(each)]));
}

function wordsAt(text: string, at: number, value: string, item: string | undefined): string[] {
  if (item !== undefined) return [unquoted(value)];
  if (!value.startsWith("[")) return [];
  const end = text.indexOf("]", at);
  const inside = text.slice(at + 1, end < 0 ? undefined : end);
  return [...inside.matchAll(/"[^"]*"|'[^']*'|[^\s,]+/g)].map(([word]) => unquoted(word));
}

/** Of `optimizer.parameters.lr.min` the parameter is `optimizer.lr`, the field `min`. */
function noteParameter(
  parameters: Map<string, Map<string, string>>,
  path: readonly string[],
  inline: ReadonlyMap<string, string>,
  value: string,
): void {
  const fieldAt = path.findIndex((key, index) => index % 2 === 1 && key !== "parameters");
  const named = fieldAt < 0 ? path : path.slice(0, fieldAt);
  const name = named.filter((_, index) => index % 2 === 0).join(".");
  // A group is no parameter, but what it holds is.
  if (fieldAt < 0 && path.length % 2 === 0) {
    parameters.delete(name);
    return;
  }
  const fields = parameters.get(name) ?? new Map<string, string>();
  parameters.set(name, fields);
  if (fieldAt < 0) for (const [key, each] of inline) fields.set(key, each);
  else noteField(fields, path.slice(fieldAt), value);
}

function noteField(
  fields: Map<string, string>,
  [field = "", item, ...more]: readonly string[],
  value: string,
): void {
  const before = fields.get(field) ?? "";
  if (item === undefined) fields.set(field, unquoted(value));
  else if (more.length === 0) fields.set(field, before === "" ? value : `${before}, ${value}`);
}

function wordOf(value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : unquoted(value);
}
