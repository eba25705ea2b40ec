/** Which family a name belongs to, where a name means several things by what stands beside it. */
import type { Json } from "../../space/value.js";
import { families } from "./families/all.js";
import { type Family, foldedName } from "./family.js";
import { type Context, isWithin, nothingAround, type Sign, weightOf } from "./signs.js";

const bySpelling = new Map<string, Family[]>();
for (const family of families) {
  for (const spelling of family.spellings) {
    bySpelling.set(spelling, [...(bySpelling.get(spelling) ?? []), family]);
  }
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
  const candidates = (bySpelling.get(foldedName(name)) ?? []).filter((family) =>
    mayDefaultTo(family, preset),
  );
  const seen = candidates.flatMap((family) => {
    const sign = strongestSign(family, name, context);
    return sign === undefined ? [] : [{ family, ...sign }];
  });
  const [best, ...others] = seen.sort((a, b) => compareEvidence(b, a));
  const fallback = candidates.find(({ only }) => only === undefined);
  if (best === undefined) return fallback;
  const isTold = others.every((other) => compareEvidence(best, other) > 0);
  return isTold ? best.family : fallback;
}

interface Evidence {
  readonly sign: Sign;
  readonly weight: number;
}

function strongestSign({ only }: Family, name: string, context: Context): Evidence | undefined {
  const seen = (only ?? [])
    .map((sign) => ({ sign, weight: weightOf(sign, name, context) }))
    .filter(({ weight }) => weight > 0);
  return seen.sort((a, b) => compareEvidence(b, a))[0];
}

/** A special case, where it is seen at all, says more than what it is a case of. */
function compareEvidence(a: Evidence, b: Evidence): number {
  if (isWithin(a.sign, b.sign)) return 1;
  if (isWithin(b.sign, a.sign)) return -1;
  return a.weight - b.weight;
}

function mayDefaultTo({ defaultsWithin }: Family, preset: Json | undefined): boolean {
  if (defaultsWithin === undefined || typeof preset !== "number") return true;
  const [least, most] = defaultsWithin;
  return preset >= least && preset <= most;
}

/** What families of several areas have in common: `learning_rate` of a network and of boosting. */
export function conceptOf({ id, concept }: Family): string {
  return concept ?? id;
}
