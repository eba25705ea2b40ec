/** Bounds and steps that draw something else than they seem to. */
import { quantile } from "../space/distribution.js";
import type { Distribution } from "../space/space.js";
import { type FileParameter, isExplicit } from "./file-parameter.js";
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
function checkWholeBounds(
  { name, node, entry, definition, ...rest }: FileParameter,
  report: Report,
): void {
  if (definition !== "int_uniform") return;
  const min = numberOf(valueAt(node, "min"));
  const maxEntry = entryOf(node, "max");
  const max = numberOf(maxEntry?.value);
  if (maxEntry === undefined || min === undefined || max !== 1 || (min !== 0 && min !== -1)) return;
  const role = roleOf(name);
  if (role === "switch" || role === "count") return;
  const explicit = isExplicit({ name, node, entry, definition, ...rest });
  if (explicit && role === undefined) return;
  const looksLike = role === "rate" ? "rate" : "anything";
  report(visibleRange(maxEntry), {
    code: "whole-numbers-only",
    name,
    min,
    max,
    explicit,
    looksLike,
  });
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
function checkRounding({ name, node, entry, distribution }: FileParameter, report: Report): void {
  if (distribution === undefined || !("q" in distribution)) return;
  const ends = endsOf(distribution);
  if (ends === undefined) return;
  const { q } = distribution;
  const [lowest, highest] = ends;
  const qEntry = entryOf(node, "q");
  const few = Math.round((highest - lowest) / q) + 1;
  const mayBeMeant = qEntry !== undefined && distribution.kind !== "q_beta";
  if (few === 1 || (few === 2 && !mayBeMeant)) {
    const draws = few === 1 ? [lowest] : ends;
    report(placeOf(node, entry.keyRange), {
      code: "rounding-leaves-few",
      name,
      q,
      isDefault: qEntry === undefined,
      draws: draws.map(exact),
    });
    return;
  }
  checkRoundedBounds(
    { name, node, min: "min" in distribution ? distribution.min : undefined, q, ends },
    report,
  );
}

interface RoundedBounds {
  readonly name: string;
  readonly node: MapNode;
  readonly min: number | undefined;
  readonly q: number;
  readonly ends: readonly [number, number];
}

function checkRoundedBounds({ name, node, min, q, ends }: RoundedBounds, report: Report): void {
  const entry = entryOf(node, "q") ?? entryOf(node, "distribution");
  const max = numberOf(valueAt(node, "max"));
  if (entry === undefined || min === undefined || max === undefined) return;
  if (valueAt(node, "distribution") !== undefined && isOfExponents(node)) return;
  const [from, to] = ends.map(exact);
  const slack = 1e-9 * q;
  if (from === undefined || to === undefined || (from >= min - slack && to <= max + slack)) return;
  report(visibleRange(entry), { code: "rounding-leaves-bounds", name, q, min, max, from, to });
}

/** Bounds that are logarithms bound no values. */
function isOfExponents(node: MapNode): boolean {
  const name = valueAt(node, "distribution");
  return name?.kind === "scalar" && name.source === "q_log_uniform";
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
