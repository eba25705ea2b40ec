/**
 * What the sweep and its script say of the configurations that are tried first. The script is read,
 * never run; what it does not say is left for the sampler to draw.
 */
import path from "node:path";
import { optionNamed } from "../script/acceptance.js";
import type { Literal, ScriptReading, Takes } from "../script/reading.js";
import {
  completeInitial,
  type InitialConfiguration,
  type KnownValue,
  type KnownValues,
} from "../search/initial.js";
import { outsideOf } from "../space/membership.js";
import { recordFrom } from "../space/record.js";
import type { Parameter } from "../space/space.js";
import type { Json } from "../space/value.js";
import type { InitialTrial } from "../sweep/deck-types.js";
import type { Sweep } from "../sweep/sweep.js";
import { KnownFiles } from "./known-files.js";
import { scriptFileOf } from "./script-program.js";
import { readScriptFile } from "./surroundings.js";

/** Reads the script where there is something to learn from it. `sweepFile` is absolute. */
export function knownInitial(sweep: Sweep, sweepFile: string): readonly KnownValues[] {
  const { initial } = sweep.deck;
  if (initial.length === 0) return [];
  const reading = readingFor(sweep, sweepFile);
  return initial.map((each) => knownOf(sweep, each, reading));
}

/** As a study with this seed would have them, were it made now. */
export function initialConfigurations(
  sweep: Sweep,
  sweepFile: string,
  seed: number,
): readonly InitialConfiguration[] {
  return completeInitial(sweep, knownInitial(sweep, sweepFile), seed);
}

/** What of `defaults` is drawn after all, as a sentence; none where the script says everything. */
export function remarksOnInitial(
  { space, deck }: Sweep,
  known: readonly KnownValues[],
): readonly string[] {
  const values = known[deck.initial.indexOf("defaults")];
  if (values === undefined) return [];
  const drawn = space.parameters.filter(({ name }) => !Object.hasOwn(values, name));
  if (drawn.length === 0) return [];
  const names = drawn.map(({ name }) => `\`${name}\``).join(", ");
  const verb = drawn.length === 1 ? "is" : "are";
  return [
    `Of the initial configuration \`defaults\`, ${names} ${verb} drawn: no default that can be passed on was found in the script.`,
  ];
}

function readingFor(
  { program, command, deck }: Sweep,
  sweepFile: string,
): ScriptReading | undefined {
  const files = new KnownFiles();
  const words = { program, command, cwd: deck.cwd };
  const script = scriptFileOf(words, path.dirname(sweepFile), (file) => files.isFile(file));
  return script.kind === "found" ? readScriptFile(script.file) : undefined;
}

function knownOf(
  { space, command }: Sweep,
  initial: InitialTrial,
  reading: ScriptReading | undefined,
): KnownValues {
  const written = initial === "defaults" ? {} : initial;
  return recordFrom(
    space.parameters.flatMap((parameter): readonly (readonly [string, KnownValue])[] => {
      const { name, distribution } = parameter;
      // What a sweep holds fast is held fast here too, or trials could not be compared.
      const fixed = distribution.kind === "constant" ? distribution.value : undefined;
      const own = Object.hasOwn(written, name) ? written[name] : fixed;
      if (own !== undefined) return [[name, { value: own, origin: "sweep" }]];
      const value = reading && defaultOf(parameter, command, reading);
      if (value === undefined || !isToBeTried(parameter, value, initial)) return [];
      return [[name, { value, origin: "script" }]];
    }),
  );
}

/** `defaults` asks for what the script does, be it outside the ranges of the sweep; no other does. */
function isToBeTried({ distribution }: Parameter, value: Json, initial: InitialTrial): boolean {
  // JSON, in which a study keeps it, has no infinity.
  if (typeof value === "number" && !Number.isFinite(value)) return false;
  if (outsideOf(distribution, value) === undefined) return true;
  // None, lists and dictionaries cannot be handed to most scripts as one word.
  return initial === "defaults" && typeof value !== "object";
}

/** Undefined where it has none that is written down. */
function defaultOf(
  { name, path: place }: Parameter,
  command: readonly string[],
  reading: ScriptReading,
): Json | undefined {
  const names = [...new Set([name, place.join(".")])];
  for (const each of names) {
    const option = optionNamed(reading, each, wordsOf(command));
    if (option?.default !== undefined) return asTaken(option.default, option.takes);
    const key = reading.config.keys.find((candidate) => candidate.name === each);
    if (key?.default !== undefined) return key.default;
  }
  return undefined;
}

/** What the command says beside its macros: a subcommand, the choice of a configuration. */
function wordsOf(command: readonly string[]): readonly string[] {
  return command.filter((word) => !word.startsWith("${"));
}

/** Parsers read a default that is text as they read an argument. */
function asTaken(value: Literal, takes: Takes): Json {
  const isNumber = takes.kind === "number" || takes.kind === "integer";
  if (!isNumber || typeof value !== "string" || value.trim() === "") return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}
