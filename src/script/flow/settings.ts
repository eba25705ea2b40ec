/**
 * Values under names, wherever a script carries them: what a parser gave, or `wandb.config`. Which names
 * are asked for is noted, and where the whole goes out of sight.
 */
import { evaluate } from "../evaluate.js";
import type { Expression } from "../python/syntax.js";
import { argumentOf } from "../python/walk.js";
import type { Literal, SourcePlace } from "../reading.js";
import {
  type CallUse,
  type Followed,
  followedOf,
  indifferent,
  nothing,
  placeOf,
  type Use,
  type Values,
} from "./values.js";

export interface Settings {
  readonly followed: Followed;
  /** Names that are asked for, with dots for what is within; a default where one is given on the spot. */
  readonly reads: Map<string, { readonly place: SourcePlace; readonly default?: Literal }>;
  /** Where all of it goes somewhere that was not followed, or is gone through by names not written. */
  readonly passedOn: SourcePlace[];
  /** Settings that were put into these. */
  readonly absorbed: Set<Settings>;
  /** What is handed to `update` and `setdefaults`. */
  readonly given: GivenValues[];
  /** What the script itself sets, by name. */
  readonly set: Map<string, { readonly value: Expression; readonly use: Use }>;
  isUsed: boolean;
}

/** Values as they are written, and the settings that they may be. */
export interface GivenValues {
  readonly value: Expression;
  readonly use: Use;
  readonly given: Values;
}

/** The whole of settings, or what stands under a name in them. */
interface Part {
  readonly settings: Settings;
  /** `""`, or a name and a dot. */
  readonly prefix: string;
  readonly followed: Followed;
  readonly parts: Map<string, Part>;
}

const settingsByObject = new WeakMap<Followed, Settings>();
const sourcesByItem = new WeakMap<Followed, Settings>();

/** The settings that a followed thing is the whole of. */
export function settingsOf(followed: Followed): Settings | undefined {
  return settingsByObject.get(followed);
}

export function newSettings(): Settings {
  const followed: Followed = partFollowed(() => whole);
  const settings: Settings = {
    followed,
    reads: new Map(),
    passedOn: [],
    absorbed: new Set(),
    given: [],
    set: new Map(),
    isUsed: false,
  };
  const whole: Part = { settings, prefix: "", followed, parts: new Map() };
  settingsByObject.set(followed, settings);
  return settings;
}

/** Told where what a loop over settings gives is put into something that nobody follows. */
export function noteLost(values: readonly Followed[], use: Use): void {
  for (const each of values) sourcesByItem.get(each)?.passedOn.push(placeOf(use));
}

// They look at settings, and ask for no name.
const onlookers =
  /^(?:print|str|repr|type|id|len|isinstance|bool|hash|pprint\..*|logging\..*|loguru\..*|json\.dumps?|yaml\.(?:safe_)?dump|pickle\.dump|wandb\.(?:init|log|config\.update|summary\.update)|torch\.save)$/;

const wholes = new Set([
  ...["items", "keys", "values", "copy", "as_dict", "to_dict", "toDict", "dict"],
  ...["__dict__", "_items"],
]);

function partFollowed(part: () => Part): Followed {
  return {
    ...indifferent,
    attribute: (name, use) => (wholes.has(name) ? itself(part()) : read(part(), name, use)),
    element: (index, use) => readElement(part(), index, use),
    method: (name, use) => callMethod(part(), name, use),
    each: () => {
      const { settings, prefix } = part();
      if (prefix !== "") return nothing;
      settings.isUsed = true;
      return [{ kind: "followed", followed: itemOf(settings) }];
    },
    handedOut: (to, use) => {
      const isSeen = (to !== undefined && onlookers.test(to)) || isLogged(use);
      if (!isSeen && use.candidates === 0) passOn(part(), use);
      return nothing;
    },
    spreadOver: (names, use) => {
      part().settings.isUsed = true;
      for (const name of names) read(part(), name, use);
    },
    setAttribute: (name, _values, use, value) => {
      part().settings.set.set(part().prefix + name, { value, use });
    },
    setElement: (index, _values, use, value) => {
      const name = evaluate(use.flow.modules, use.scope, index);
      if (typeof name === "string") part().settings.set.set(part().prefix + name, { value, use });
    },
    absorb: (others) => absorb(part().settings, others),
  };
}

function itself({ followed, settings, prefix }: Part): Values {
  if (prefix === "") settings.isUsed = true;
  return [{ kind: "followed", followed }];
}

function read(part: Part, name: string, use: Use, fallback?: Literal): Values {
  const { settings, prefix, parts } = part;
  settings.isUsed = true;
  const full = prefix + name;
  const known = settings.reads.get(full);
  if (known === undefined || (known.default === undefined && fallback !== undefined)) {
    settings.reads.set(full, {
      place: known?.place ?? placeOf(use),
      ...(fallback !== undefined && { default: fallback }),
    });
  }
  const below = parts.get(name) ?? newPart(settings, `${full}.`);
  parts.set(name, below);
  return [{ kind: "followed", followed: below.followed }];
}

function newPart(settings: Settings, prefix: string): Part {
  const followed: Followed = partFollowed(() => part);
  const part: Part = { settings, prefix, followed, parts: new Map() };
  return part;
}

function readElement(part: Part, index: Expression, use: Use): Values {
  const name = evaluate(use.flow.modules, use.scope, index);
  if (typeof name === "string") return read(part, name, use);
  if (part.prefix !== "" || typeof name === "number") return nothing;
  if (isOwnKey(index, use, part.settings)) {
    return [{ kind: "followed", followed: itemOf(part.settings) }];
  }
  passOn(part, use);
  return nothing;
}

function callMethod(part: Part, name: string, use: CallUse): Values {
  const { settings, prefix, followed } = part;
  if (wholes.has(name)) return itself(part);
  if (name === "get" || name === "pop" || name === "setdefault") {
    const key = argumentOf(use.call, "key", 0);
    const called = key && evaluate(use.flow.modules, use.scope, key);
    const other = argumentOf(use.call, "default", 1);
    const fallback = other && evaluate(use.flow.modules, use.scope, other);
    if (typeof called === "string") return read(part, called, use, fallback);
    passOn(part, use);
    return nothing;
  }
  if (name === "update" || name === "setdefaults" || name === "__init__") {
    for (const [at, { value }] of use.call.arguments.entries()) {
      settings.given.push({ value, use, given: use.given[at] ?? nothing });
    }
    followed.absorb(followedOf(use.given.flat()), use);
    return nothing;
  }
  // `config.optimizer.lower()` asks for `optimizer`, and for nothing in it.
  return prefix === "" ? read(part, name, use) : nothing;
}

/** What happens to a part tells nothing of the names beside it. */
function passOn({ settings, prefix }: Part, use: Use): void {
  settings.isUsed = true;
  if (prefix === "") settings.passedOn.push(placeOf(use));
}

function absorb(settings: Settings, others: readonly Followed[]): void {
  for (const other of others) {
    const source = settingsByObject.get(other) ?? sourcesByItem.get(other);
    if (source === undefined || source === settings) continue;
    settings.absorbed.add(source);
    source.isUsed = true;
  }
}

// `logger.info(args)`, where nobody knows what logger is.
function isLogged(use: CallUse): boolean {
  const { callee } = use.call;
  return (
    callee.kind === "attribute" &&
    /^(?:info|debug|warning|warn|error|write|log|print|log_hyperparams|dump|watch)$/.test(
      callee.name,
    )
  );
}

/** `config[key]` where `key` is one of its own keys. */
function isOwnKey(index: Expression, use: Use, settings: Settings): boolean {
  if (index.kind !== "name") return false;
  const values = use.frame.values.get(index.name) ?? nothing;
  return followedOf(values).some((each) => sourcesByItem.get(each) === settings);
}

/** What a loop over settings gives: of no name that is written, so where it goes, all of them go. */
function itemOf(settings: Settings): Followed {
  const followed: Followed = {
    ...indifferent,
    handedOut: (to, use) => {
      const isSeen = (to !== undefined && onlookers.test(to)) || isLogged(use);
      if (!isSeen) settings.passedOn.push(placeOf(use));
      return [{ kind: "followed", followed }];
    },
  };
  sourcesByItem.set(followed, settings);
  return followed;
}
