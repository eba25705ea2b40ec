/** Bounds and steps that draw something else than they seem to. */
import { quantile } from "../space/distribution.js";
import type { Distribution } from "../space/space.js";
import type { FileParameter } from "./file-parameter.js";
import { roleOf } from "./name-role.js";
import type { Report } from "./problem.js";
import { entryOf, type MapNode, numberOf, type TextRange, valueAt, visibleRange } from "./tree.js";

export function checkWhatIsDrawn(
  parameter: FileParameter,
  method: string | undefined,
  report: Report,
): void {
  checkWholeBounds(parameter, report);
  checkFractions(parameter, report);
  // A grid goes up from `min` in steps, and rounds nothing.
  if (method !== "grid") checkRounding(parameter, report);
}

/** `min: 0, max: 1` are whole numbers, and nothing is drawn between them. */
function checkWholeBounds({ name, node, definition }: FileParameter, report: Report): void {
  const entry = entryOf(node, "max");
  const [min, max] = [numberOf(valueAt(node, "min")), numberOf(entry?.value)];
  if (definition !== "int_uniform" || entry === undefined || min === undefined) return;
  if (max !== 1 || (min !== 0 && min !== -1)) return;
  const role = roleOf(name);
  const explicit = entryOf(node, "distribution") !== undefined;
  if (role === "switch" || role === "count" || (explicit && role === undefined)) return;
  const looksLike = role === "rate" ? "rate" : "anything";
  report(visibleRange(entry), { code: "whole-numbers-only", name, min, max, explicit, looksLike });
}

const fractional = new Set(["uniform", "log_uniform_values", "inv_log_uniform_values"]);
const stepped = new Set(["q_uniform", "q_log_uniform_values", "q_log_uniform"]);

/** A number of layers that is drawn as 2.37, or, for want of a whole `q`, as 2.0. */
function checkFractions({ name, node, entry, definition }: FileParameter, report: Report): void {
  const isFractional = fractional.has(definition);
  if (!isFractional && !stepped.has(definition)) return;
  const q = entryOf(node, "q");
  if (stepped.has(definition) && isWhole(q?.value)) return;
  if (roleOf(name) !== "count") return;
  report(placeOf(node, entry.keyRange), {
    code: "fractions-of-a-count",
    name,
    distribution: definition,
    draws: isFractional ? "fractions" : q === undefined ? "whole-fractions" : "steps",
  });
}

function placeOf(node: MapNode, otherwise: TextRange): TextRange {
  const written = entryOf(node, "distribution") ?? entryOf(node, "max");
  return written === undefined ? otherwise : visibleRange(written);
}

function isWhole(node: ReturnType<typeof valueAt>): boolean {
  return node?.kind === "scalar" && node.type === "integer";
}

type Rounded = Extract<Distribution, { q: number }>;

/** Draws are rounded to multiples of `q`, wherever the bounds are. */
function checkRounding(parameter: FileParameter, report: Report): void {
  const { name, node, entry, distribution } = parameter;
  if (distribution === undefined || !("q" in distribution)) return;
  const ends = endsOf(distribution);
  if (ends === undefined) return;
  const { q, kind } = distribution;
  const isDefault = entryOf(node, "q") === undefined;
  const count = Math.round((ends[1] - ends[0]) / q) + 1;
  // Two widths may be all that is wanted; 0 and 1 of a beta distribution are not.
  if (count === 1 || (count === 2 && (isDefault || kind === "q_beta"))) {
    const draws = ends.slice(0, count).map(exact);
    const place = placeOf(node, entry.keyRange);
    report(place, { code: "rounding-leaves-few", name, q, isDefault, draws });
  } else if (kind === "q_uniform" || kind === "q_log_uniform_values") {
    reportBeyondBounds(parameter, distribution, ends, report);
  }
}

function reportBeyondBounds(
  { name, node, entry }: FileParameter,
  { min, max, q }: { readonly min: number; readonly max: number; readonly q: number },
  ends: readonly [number, number],
  report: Report,
): void {
  const [from, to] = [exact(ends[0]), exact(ends[1])];
  const slack = 1e-9 * q;
  if (from >= min - slack && to <= max + slack) return;
  const written = entryOf(node, "q");
  const place = written === undefined ? placeOf(node, entry.keyRange) : visibleRange(written);
  report(place, { code: "rounding-leaves-bounds", name, q, min, max, from, to });
}

/** The lowest and the highest draw; undefined where there is no end to them. */
function endsOf(distribution: Rounded): readonly [number, number] | undefined {
  if (distribution.kind === "q_normal" || distribution.kind === "q_log_normal") return undefined;
  if (distribution.kind === "q_beta" && !(distribution.a > 0 && distribution.b > 0))
    return undefined;
  const nearly = 1e-9;
  const [low, high] = [quantile(distribution, nearly), quantile(distribution, 1 - nearly)];
  if (typeof low !== "number" || typeof high !== "number") return undefined;
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : undefined;
}

/** Multiples of a decimal step without the noise of binary fractions. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}
