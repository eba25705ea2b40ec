/** Completions within `sweepdeck:` that speak of the sweep's own parameters. */
import type { Path } from "./cursor.js";
import type { Offer, Site } from "./offer.js";
import { valuesIn } from "./sketch.js";
import { escaped, written } from "./snippet.js";

type Where = "name" | "map of name" | "seed" | "value";

/** What is wanted at each place below `sweepdeck:`; `*` stands for any key. */
const places: readonly (readonly [place: readonly (string | null)[], wanted: Where])[] = [
  [["conditions"], "map of name"],
  [["conditions", "*"], "name"],
  [["conditions", "*", "*"], "value"],
  [["initial", null], "name"],
  [["initial", null, "*"], "value"],
  [["zip", null, null], "name"],
  [["repeats", "seed_parameter"], "seed"],
];

/** None at places of the block that speak of something else. */
export function deckOffers(site: Site): Offer[] {
  const { path, at } = site.cursor;
  if (path[0] !== "sweepdeck") return [];
  const wanted = places.find(([place]) => isAt(path.slice(1), place))?.[1];
  switch (wanted) {
    case undefined:
      return [];
    case "seed":
      return seedNames(site);
    case "value":
      return at === "value" ? valuesOfNamed(site) : [];
    case "map of name":
      return at === "value" ? [] : names(site, conditionOf);
    case "name":
      return path.at(-1) === null && path.at(-2) === null
        ? names(site, (name) => escaped(written(name)))
        : names(site, (name) => `${escaped(written(name))}: `);
  }
}

function isAt(path: Path, place: readonly (string | null)[]): boolean {
  return (
    path.length === place.length &&
    place.every((step, index) => step === "*" || step === path[index])
  );
}

function names({ sketch, cursor }: Site, snippetOf: (name: string) => string): Offer[] {
  return sketch.parameters
    .filter(({ name }) => !cursor.siblings.has(name))
    .map(({ name, fields }) => ({
      label: name,
      kind: "key",
      snippet: snippetOf(name),
      documentation: [...fields].map(([key, value]) => `\`${key}: ${value}\``).join(", "),
    }));
}

/** Of the parameter whose name stands before the colon. */
function valuesOfNamed({ sketch, cursor }: Site): Offer[] {
  const parameter = sketch.parameters.find(({ name }) => name === cursor.path.at(-1));
  if (parameter === undefined) return [];
  return valuesIn(parameter).map((value) => ({
    label: value,
    kind: "value",
    snippet: escaped(value),
    documentation: `A value of \`${parameter.name}\`.`,
  }));
}

function conditionOf(name: string): string {
  return `${escaped(written(name))}: {\${1:optimizer}: \${2:sgd}}`;
}

/** Parameters of the sweep and options of the script whose name says so. */
function seedNames({ sketch, script }: Site): Offer[] {
  const swept = sketch.parameters.map(({ name }) => name);
  const options = script?.options.map(({ name }) => name) ?? [];
  return [...new Set([...swept, ...options])]
    .filter((name) => /seed|random_state/i.test(name))
    .map((name) => ({
      label: name,
      kind: "value",
      snippet: escaped(written(name)),
      documentation: "Each repeat gets a seed of its own by it.",
    }));
}
