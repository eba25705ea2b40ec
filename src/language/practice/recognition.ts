/** Which family a name belongs to, where a name means several things by what stands beside it. */
import type { Json } from "../../space/value.js";
import { families } from "./families/all.js";
import { type Family, segmentsOf } from "./family.js";
import { type Context, isWithin, nothingAround, type Sign, weightOf } from "./signs.js";

/** A way to take a name. */
interface Meaning {
  readonly family: Family;
  /** Absent: without any sign. */
  readonly signs?: readonly Sign[];
}

const meanings = new Map<string, Meaning[]>();
for (const family of families) {
  for (const spelling of family.spellings ?? []) add(spelling, { family });
  const { spellings = [], signs = [] } = family.shared ?? {};
  for (const spelling of spellings) add(spelling, { family, signs });
}

function add(spelling: string, meaning: Meaning): void {
  meanings.set(spelling, [...(meanings.get(spelling) ?? []), meaning]);
}

/**
 * Undefined where the name is unknown, or where it may mean several things and nothing tells which:
 * a guess would be worse than silence. `preset` is the script's own default.
 */
export function familyOf(
  name: string,
  context: Context = nothingAround,
  preset?: Json,
): Family | undefined {
  const segments = segmentsOf(name);
  const above = segments.slice(0, -1);
  const possible = (meanings.get(segments.at(-1) ?? "") ?? []).filter((meaning) =>
    mayDefaultTo(meaning, preset),
  );
  const seen = possible.flatMap(({ family, signs = [] }) => {
    const sign = strongestOf(signs, above, context);
    return sign === undefined ? [] : [{ family, ...sign }];
  });
  const [best, ...others] = seen.sort((a, b) => compareEvidence(b, a));
  const isTold = best !== undefined && others.every((other) => compareEvidence(best, other) > 0);
  return isTold ? best.family : possible.find(({ signs }) => signs === undefined)?.family;
}

interface Evidence {
  readonly sign: Sign;
  readonly weight: number;
}

function strongestOf(
  signs: readonly Sign[],
  above: readonly string[],
  context: Context,
): Evidence | undefined {
  const seen = signs
    .map((sign) => ({ sign, weight: weightOf(sign, above, context) }))
    .filter(({ weight }) => weight > 0);
  return seen.sort((a, b) => compareEvidence(b, a))[0];
}

/** A special case, where it is seen at all, says more than what it is a case of. */
function compareEvidence(a: Evidence, b: Evidence): number {
  if (isWithin(a.sign, b.sign)) return 1;
  if (isWithin(b.sign, a.sign)) return -1;
  return a.weight - b.weight;
}

function mayDefaultTo({ family, signs }: Meaning, preset: Json | undefined): boolean {
  if (typeof preset !== "number") return true;
  const own = signs === undefined ? undefined : family.shared?.defaultsWithin;
  const [least, most] = own ?? family.defaultsWithin ?? [-Infinity, Infinity];
  return preset >= least && preset <= most;
}

/** What families of several areas have in common: `learning_rate` of a network and of boosting. */
export function conceptOf({ id, concept }: Family): string {
  return concept ?? id;
}
