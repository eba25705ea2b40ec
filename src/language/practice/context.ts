/** What is known around the parameters of a sweep: the file itself, and its script where it was read. */
import { recordFrom } from "../../space/record.js";
import type { Json } from "../../space/value.js";
import type { ParsedSweep } from "../../sweep/parse.js";
import { textOf, toJson, valueAt } from "../../sweep/tree.js";
import type { Surroundings } from "../surroundings.js";
import type { Context } from "./signs.js";
import { isSearched, parametersOf } from "./swept.js";

/** The same for every parameter of the file; `choices` are added for a single one. */
export function contextOf({ document }: ParsedSweep, around: Surroundings): Context {
  const parameters = parametersOf(document.root);
  const reading = around.program?.kind === "read" ? around.program.reading : undefined;
  const script = new Map<string, Json | undefined>();
  for (const { options } of reading?.commandLines ?? []) {
    for (const option of options) script.set(option.name, option.default);
  }
  for (const key of reading?.config.keys ?? []) script.set(key.name, key.default);
  const settings = new Map<string, Json>();
  for (const [name, preset] of script) if (preset !== undefined) settings.set(name, preset);
  for (const parameter of parameters) {
    const { name, distribution, node } = parameter;
    const value = distribution === "constant" ? valueAt(node, "value") : undefined;
    if (value !== undefined) settings.set(name, toJson(value));
    // What is searched is not known to be any one of its values.
    else if (isSearched(parameter)) settings.delete(name);
  }
  const method = textOf(valueAt(document.root, "method"));
  return {
    siblings: [...parameters.map(({ name }) => name), ...script.keys()],
    settings: recordFrom(settings),
    ...(reading !== undefined && { words: reading.words }),
    ...(method !== undefined && { method }),
  };
}
