/** What a name means to an app of Hydra's, with what else its command line says. */
import type { CommandLine, Option, OptionChoice } from "../../reading.js";

export type Overriding =
  | { readonly verdict: "taken"; readonly option?: Option }
  /** `option`: one that other choices would bring. */
  | { readonly verdict: "refused"; readonly option?: Option }
  /** The command chooses another configuration than the script names. */
  | { readonly verdict: "open" };

/**
 * @param words what the command gives the script besides the sweep's values
 * @param swept the values that the sweep gives to its parameters; undefined: not known
 */
export function overridingOf(
  { options, configuration }: CommandLine,
  name: string,
  words: readonly string[],
  swept: readonly OptionChoice[] | undefined,
): Overriding {
  // `+key` adds a key, `++key` sets it whether it is there or not; Hydra's own keys are always there.
  if (/^(?:\+|~|hydra[./@])/.test(name)) return taken(options, name);
  if (choosesOther(words, configuration)) return { verdict: "open" };
  const option = options.find((each) => each.spellings.includes(name));
  if (option !== undefined) {
    const { onlyWith } = option;
    if (onlyWith === undefined || swept === undefined) return { verdict: "taken", option };
    const isThere = onlyWith.some((choice) => isChosen(options, choice, words, swept));
    return isThere ? { verdict: "taken", option } : { verdict: "refused", option };
  }
  // A whole branch may be given, and an item of a list by its number.
  const isBranch = options.some(({ name: each }) => each.startsWith(`${name}.`));
  const isItem = /\.\d+(?:\.|$)/.test(name);
  return isBranch || isItem ? { verdict: "taken" } : { verdict: "refused" };
}

const otherFolder = /^(?:--config-(?:path|dir)|-cp|-cd|hydra\.searchpath|--package|-p)(?:=|$)/;

/** Whether the command has Hydra begin with another configuration than the script names. */
function choosesOther(words: readonly string[], configuration: string | undefined): boolean {
  return words.some((word, at) => {
    if (otherFolder.test(word)) return true;
    const [option, given = words[at + 1]] = word.split("=", 2);
    if (option !== "--config-name" && option !== "-cn") return false;
    return given?.replace(/\.yaml$/, "") !== configuration;
  });
}

function taken(options: readonly Option[], name: string): Overriding {
  const option = options.find((each) => each.spellings.includes(name));
  return { verdict: "taken", ...(option !== undefined && { option }) };
}

function isChosen(
  options: readonly Option[],
  { name, value }: OptionChoice,
  words: readonly string[],
  swept: readonly OptionChoice[],
): boolean {
  const given = [
    ...words.flatMap((word) => {
      const at = word.indexOf("=");
      return at > 0 && word.slice(0, at) === name ? [word.slice(at + 1)] : [];
    }),
    ...swept.filter((each) => each.name === name).map((each) => each.value),
  ];
  // Several choices at once, and what only the shell would tell, may be any.
  if (given.some((each) => each === value || /[[$]/.test(each))) return true;
  return given.length === 0 && options.find((each) => each.name === name)?.default === value;
}
