import path from "node:path";
import { initialConfigurations } from "../engine/initial.js";
import { studiesOf } from "../engine/past-studies.js";
import { firstConfigurations } from "../engine/preview.js";
import { warmStart } from "../engine/warm-start.js";
import {
  configurationsOf,
  countOf,
  type InitialConfiguration,
  type ValueOrigin,
} from "../search/initial.js";
import { nest } from "../space/configuration.js";
import type { Sweep } from "../sweep/sweep.js";
import { type Command, jsonOption, onlyWord, Unusable } from "./command.js";
import { printJson, printText, say, table, valueText } from "./output.js";
import { sweepIn } from "./sweep-file.js";

const shownAtFirst = 10;

export const preview: Command = {
  name: "preview",
  words: "FILE",
  summary: "Show the configurations that a sweep will try first.",
  about: "What is shown is what runs: draw n depends on the seed and n alone.",
  options: {
    n: { type: "string", short: "n", value: "N", about: `how many (${shownAtFirst})` },
    seed: {
      type: "string",
      value: "S",
      about: "the seed (the sweep's own, or 1: that of its first study)",
    },
    json: jsonOption,
  },
  run: async (given) => {
    const file = onlyWord(preview, given, "sweep file");
    const sweep = sweepIn(file);
    const seed = given.count("seed", 0) ?? sweep.deck.sampler.seed ?? 1;
    const wanted = given.count("n", 1);
    // So many were asked for: the cap says where the sweep ends, not what would come after it.
    const { runCap: _, ...uncapped } = sweep;
    const initial = initialConfigurations(sweep, path.resolve(file), seed);
    const warm = warmStart(sweep, studiesOf(path.resolve(file), new Map()));
    if ("problem" in warm) throw new Unusable(warm.problem);
    const previewed =
      wanted === undefined
        ? firstConfigurations(sweep, seed, shownAtFirst, initial, warm.earlier)
        : firstConfigurations(uncapped, seed, wanted, initial, warm.earlier);
    const nested = previewed.map(({ configuration }) => nest(sweep.space, configuration));
    if (given.flag("json")) {
      printJson(nested);
      return 0;
    }
    const names = sweep.space.parameters.map(({ name }) => name);
    const rows = previewed.map(({ configuration, isInitial }, draw) => [
      String(draw),
      ...names.map((name) => valueText(configuration[name])),
      isInitial ? "initial" : "",
    ]);
    printText(table([["draw", ...names, ""], ...rows]));
    for (const sentence of initialSentences(initial)) say(sentence);
    say(sizeSentence(sweep, previewed.length, initial));
    return 0;
  },
};

/** Where the values of an initial configuration come from, unless the sweep says them all. */
function initialSentences(initial: readonly InitialConfiguration[]): readonly string[] {
  return initial.flatMap(({ origins }, draw) => {
    const named = (origin: ValueOrigin) =>
      Object.keys(origins).filter((name) => origins[name] === origin);
    const [script, drawn] = [named("script"), named("drawn")];
    const parts = [
      ...(script.length === 0 ? [] : [`${script.join(", ")} from the script`]),
      ...(drawn.length === 0 ? [] : [`${drawn.join(", ")} drawn`]),
    ];
    return parts.length === 0 ? [] : [`Draw ${draw}: ${parts.join("; ")}.`];
  });
}

function sizeSentence(
  sweep: Sweep,
  shown: number,
  initial: readonly InitialConfiguration[],
): string {
  const all = Math.min(
    countOf(sweep, configurationsOf(initial)),
    sweep.runCap ?? Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(all)
    ? `${shown} of ${all} configurations.`
    : `${shown} of configurations without end: set run_cap, or the sweep runs until it is stopped.`;
}
