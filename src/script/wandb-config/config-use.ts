/** What a program asks of `wandb.config`, once it has been followed. */
import type { Parsers } from "../argparse/parsers.js";
import { dictionaryEntriesOf, evaluate } from "../evaluate.js";
import { type Settings, settingsOf } from "../flow/settings.js";
import { followedOf, placeOf, type Use } from "../flow/values.js";
import type { Modules } from "../modules.js";
import type { Expression } from "../python/syntax.js";
import type { ConfigKey, ConfigUse, Literal, Option, SourcePlace } from "../reading.js";
import { written } from "../written.js";
import type { WandbConfig } from "./config.js";

// Who looks for the file of a run's parameters reads them by a way of its own.
const parameterFiles = ["WANDB_SWEEP_PARAM_PATH", "SWEEPDECK_PARAMS"];

export function configUseOf(modules: Modules, config: WandbConfig, parsers: Parsers): ConfigUse {
  const { settings } = config;
  const carriers = carriersOf(settings, parsers);
  const files = modules.all.filter(({ words }) => parameterFiles.some((word) => words.has(word)));
  const isRead = settings.isUsed || carriers.length > 0 || files.length > 0;
  const defaults = defaultsOf(modules, config, parsers, carriers);
  const keys = new Map<string, ConfigKey>();
  const add = (name: string, place: SourcePlace, fallback: Literal | undefined): void => {
    const value = defaults.get(name)?.default ?? fallback;
    if (keys.has(name)) return;
    keys.set(name, { name, place, ...(value !== undefined && { default: value }) });
  };
  for (const each of [settings, ...carriers]) {
    for (const [name, { place, default: fallback }] of each.reads) add(name, place, fallback);
  }
  for (const [name, { place, isWritten }] of defaults) if (isWritten) add(name, place, undefined);
  for (const [parser, results] of parsers.results) {
    if (!carriers.includes(results)) continue;
    for (const option of parser.options) add(option.name, option.place, option.default);
  }
  return {
    isRead,
    keys: [...keys.values()],
    passedOn: [
      ...[settings, ...carriers].flatMap((each) => each.passedOn),
      ...files.map((module) => module.place({ start: 0, end: 0 })),
    ],
  };
}

/** Settings that `wandb.config` was put into, so that what they are asked for is asked of it. */
function carriersOf(config: Settings, parsers: Parsers): readonly Settings[] {
  return [...parsers.results.values()].filter((each) => each.absorbed.has(config));
}

interface Default {
  readonly place: SourcePlace;
  readonly default?: Literal;
  /** Written down as a dictionary of the script's, and not taken over from a parser. */
  readonly isWritten: boolean;
}

function defaultsOf(
  modules: Modules,
  config: WandbConfig,
  parsers: Parsers,
  carriers: readonly Settings[],
): ReadonlyMap<string, Default> {
  const defaults = new Map<string, Default>();
  for (const { value, use, given } of [...config.starts, ...config.settings.given]) {
    addWritten(modules, use, value, "", defaults);
    for (const followed of followedOf(given)) {
      const results = settingsOf(followed);
      for (const [parser, of] of parsers.results) {
        if (of === results) addOptions(parser.options, defaults);
      }
    }
  }
  for (const [parser, results] of parsers.results) {
    if (carriers.includes(results)) addOptions(parser.options, defaults);
  }
  for (const [name, { value, use }] of config.settings.set) {
    const literal = evaluate(modules, use.scope, value);
    if (defaults.has(name)) continue;
    defaults.set(name, {
      place: placeOf(use),
      isWritten: true,
      ...(literal !== undefined && { default: literal }),
    });
  }
  return defaults;
}

function addOptions(options: readonly Option[], defaults: Map<string, Default>): void {
  for (const { name, place, default: value } of options) {
    if (defaults.has(name)) continue;
    defaults.set(name, { place, isWritten: false, ...(value !== undefined && { default: value }) });
  }
}

function addWritten(
  modules: Modules,
  use: Use,
  value: Expression,
  prefix: string,
  defaults: Map<string, Default>,
): void {
  const entries =
    dictionaryEntriesOf(modules, use.scope, value) ?? partialEntries(modules, use, value);
  for (const { key, value: held } of entries) {
    const name = evaluate(modules, key.scope, key.value);
    if (typeof name !== "string") continue;
    const full = prefix + name;
    const literal = evaluate(modules, held.scope, held.value);
    const place = key.scope.module.place(key.value);
    const isNested = typeof literal === "object" && literal !== null && !Array.isArray(literal);
    if (isNested && prefix.length < 200) {
      addWritten(modules, { ...use, scope: held.scope }, held.value, `${full}.`, defaults);
    }
    if (defaults.has(full)) continue;
    defaults.set(full, {
      place,
      isWritten: true,
      ...(literal !== undefined && { default: literal }),
    });
  }
}

/** `{**vars(args), "device": device}`: what is written of it. */
function partialEntries(modules: Modules, use: Use, value: Expression) {
  const held = written(modules, use.scope, value);
  if (held.value.kind !== "dict") return [];
  return held.value.entries.flatMap(({ key, value: each }) =>
    key === undefined
      ? []
      : [{ key: { value: key, scope: held.scope }, value: { value: each, scope: held.scope } }],
  );
}
