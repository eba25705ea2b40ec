/** Measurements from what a trial prints: nothing is asked of its script. */
import { recordFrom } from "../../space/record.js";
import type { Measurement, Reader } from "../../study/reader.js";
import { type LineTail, tailLines } from "./lines.js";
import { parseNumber } from "./number.js";
import { isStep, readOutputLine } from "./outputLine.js";

export interface OutputOptions {
  /** `output.log` of an attempt. */
  readonly file: string;
  /** Names that are no metrics here: the trial's parameters, which scripts print back. */
  readonly parameters: () => ReadonlySet<string>;
  /** The sweep's own expression for lines; the known forms are not looked for then. */
  readonly pattern?: RegExp | undefined;
}

export function outputReader({ file, parameters, pattern }: OutputOptions): Reader {
  const tail: LineTail = tailLines(file);
  const lines = pattern === undefined ? knownForms(parameters) : ownForm(pattern);
  const measure = (texts: readonly string[]) =>
    texts.flatMap((text) => {
      const measurement = lines(text);
      return measurement === undefined ? [] : [measurement];
    });
  return {
    read: () => measure(tail.read()),
    readToEnd: () => measure(tail.readToEnd()),
  };
}

type LineReader = (text: string) => Measurement | undefined;

function knownForms(parameters: () => ReadonlySet<string>): LineReader {
  // A line such as `Epoch 3/10` stands for what follows it.
  let epoch: number | undefined;
  let names: ReadonlySet<string> | undefined;
  const shown = new Map<string, number>();
  return (text) => {
    const { step, metrics, form } = readOutputLine(text);
    if (form === "part") return undefined;
    if (metrics.size === 0) {
      if (step !== undefined && form === "line") epoch = step;
      return undefined;
    }
    names ??= parameters();
    const kept = [...metrics].filter(([name]) => names?.has(name) !== true);
    const fresh = form === "bar" ? changed(kept, shown) : kept;
    if (fresh.length === 0) return undefined;
    return { step: step ?? epoch, metrics: recordFrom(fresh) };
  };
}

/** A bar shows the validation loss of the last epoch all through the next: only a new number is a measurement. */
function changed(
  metrics: readonly (readonly [string, number])[],
  shown: Map<string, number>,
): readonly (readonly [string, number])[] {
  return metrics.filter(([name, value]) => {
    if (Object.is(shown.get(name), value)) return false;
    shown.set(name, value);
    return true;
  });
}

/** The groups `name` and `value`, and `step` where there is one; any other group is a metric of its name. */
function ownForm(pattern: RegExp): LineReader {
  return (text) => {
    let step: number | undefined;
    const metrics: [string, number][] = [];
    for (const { groups = {} } of text.matchAll(pattern)) {
      const { name, value, step: at, ...others } = groups;
      const number = parseNumber(value ?? "");
      if (name !== undefined && number !== undefined) metrics.push([name, number]);
      for (const [other, digits] of Object.entries(others)) {
        const own = parseNumber(digits ?? "");
        if (own !== undefined) metrics.push([other, own]);
      }
      if (at !== undefined && /^\d+$/.test(at) && isStep(Number(at))) step = Number(at);
    }
    return metrics.length === 0 ? undefined : { step, metrics: recordFrom(metrics) };
  };
}

/** A sweep's `metrics.pattern`, in JavaScript's notation or in Python's (`(?P<name>…)`); undefined where it is no expression. */
export function linePattern(source: string): RegExp | undefined {
  try {
    return new RegExp(source.replaceAll("(?P<", "(?<"), "gu");
  } catch {
    return undefined;
  }
}
