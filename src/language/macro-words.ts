/** What a macro of the command becomes, by the rules of W&B's agent, for one configuration. */
import { nest, sample } from "../space/configuration.js";
import { pythonStr } from "../space/python-text.js";
import { stream } from "../space/random.js";
import { recordFrom } from "../space/record.js";
import type { Space } from "../space/space.js";
import type { Json } from "../space/value.js";

/** More words than this are not shown. */
const wordsShown = 8;

/**
 * The words for a configuration drawn from `space`, the same one each time; undefined of a macro
 * that has nothing to do with parameters, and of a space without any.
 */
export function exampleOf(macro: string, space: Space): string | undefined {
  if (space.parameters.length === 0) return undefined;
  const drawn = sample(space, stream("hover"));
  const legible = Object.entries(drawn).map(
    ([name, value]) => [name, inFourDigits(value)] as const,
  );
  const words = wordsFor(macro, nest(space, recordFrom(legible)));
  if (words === undefined) return undefined;
  const more = words.length - wordsShown;
  return `${words.slice(0, wordsShown).map(quotedIfNeeded).join(" ")}${more > 0 ? " …" : ""}`;
}

function wordsFor(
  macro: string,
  configuration: Readonly<Record<string, Json>>,
): string[] | undefined {
  const entries = Object.entries(configuration).map(
    ([name, value]) => [name, value, pythonStr(value)] as const,
  );
  switch (macro) {
    case "args":
      return entries.map(([name, , text]) => `--${name}=${text}`);
    case "args_no_equals":
      return entries.flatMap(([name, , text]) => [`--${name}`, text]);
    case "args_no_hyphens":
      return entries.map(([name, , text]) => `${name}=${text}`);
    case "args_append_hydra":
      return entries.map(([name, , text]) => `+${name}=${text}`);
    case "args_override_hydra":
      return entries.map(([name, , text]) => `++${name}=${text}`);
    case "args_no_boolean_flags":
      return entries.flatMap(([name, value, text]) => {
        if (typeof value !== "boolean") return [`--${name}=${text}`];
        return value ? [`--${name}`] : [];
      });
    case "args_json":
      return [JSON.stringify(configuration)];
    default:
      return undefined;
  }
}

/** Draws have seventeen; an example is read by people. */
function inFourDigits(value: Json): Json {
  return typeof value === "number" ? Number(value.toPrecision(4)) : value;
}

/** As one would type it: no shell ever sees it. */
function quotedIfNeeded(word: string): string {
  return /^[\w=./+:,@%-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
