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
  readonly given: { readonly value: Expression; readonly use: Use }[];
  /** What the script itself sets, by name. */
  readonly set: Map<string, { readonly value: Expression; readonly use: Use }>;
  isUsed: boolean;
}

const settingsByObject = new WeakMap<Followed, Settings>();

/** The settings that a followed thing is, or is a part of. */
export function settingsOf(followed: Followed): Settings | undefined {
  return settingsByObject.get(followed);
}

// They look at settings, and ask for no name.
const onlookers =
  /^(?:print|str|repr|type|id|len|isinstance|bool|hash|pprint\..*|logging\..*|loguru\..*|json\.dumps?|yaml\.(?:safe_)?dump|pickle\.dump|wandb\.(?:init|log|config\.update|summary\.update)|torch\.save)$/;

const wholes = new Set(["items", "keys", "values", "copy", "as_dict", "to_dict", "toDict", "dict"]);

export function newSettings(): Settings {
  const settings: Settings = {
    followed: partOf(() => settings, ""),
    reads: new Map(),
    passedOn: [],
    absorbed: new Set(),
    given: [],
    set: new Map(),
    isUsed: false,
  };
  settingsByObject.set(settings.followed, settings);
  return settings;
}

/** The whole, or what stands under a name in it. */
function partOf(owner: () => Settings, prefix: string): Followed {
  const parts = new Map<string, Followed>();
  const read = (name: string, use: Use, fallback?: Literal): Values => {
    const settings = owner();
    settings.isUsed = true;
    const full = prefix + name;
    const known = settings.reads.get(full);
    if (known === undefined || (known.default === undefined && fallback !== undefined)) {
      settings.reads.set(full, {
        place: known?.place ?? placeOf(use),
        ...(fallback !== undefined && { default: fallback }),
      });
    }
    const part = parts.get(name) ?? partOf(owner, `${full}.`);
    parts.set(name, part);
    return [{ kind: "followed", followed: part }];
  };
  const passOn = (use: Use): void => {
    const settings = owner();
    settings.isUsed = true;
    // What happens to a part tells nothing of the names beside it.
    if (prefix === "") settings.passedOn.push(placeOf(use));
  };
  const itself: Followed = {
    ...indifferent,
    attribute: (name, use) => (isWhole(name) ? whole() : read(name, use)),
    element: (index, use) => {
      const name = evaluate(use.flow.modules, use.scope, index);
      if (typeof name === "string") return read(name, use);
      if (prefix !== "" || typeof name === "number") return nothing;
      if (isOwnItem(index, use, itself)) return [{ kind: "followed", followed: itemOf(owner()) }];
      passOn(use);
      return nothing;
    },
    method: (name, use) => callMethod(name, use),
    each: () => {
      if (prefix !== "") return nothing;
      const settings = owner();
      settings.isUsed = true;
      return [{ kind: "followed", followed: itemOf(settings) }];
    },
    handedOut: (to, use) => {
      if ((to !== undefined && onlookers.test(to)) || isLogged(use)) return nothing;
      if (use.candidates === 0) passOn(use);
      return nothing;
    },
    spreadOver: (names, use) => {
      for (const name of names) read(name, use);
    },
    setAttribute: (name, _values, use, value) => owner().set.set(prefix + name, { value, use }),
    setElement: (index, _values, use, value) => {
      const name = evaluate(use.flow.modules, use.scope, index);
      if (typeof name === "string") owner().set.set(prefix + name, { value, use });
    },
    absorb: (others) => {
      for (const other of others) {
        const source = settingsByObject.get(other) ?? itemSource(other);
        if (source !== undefined && source !== owner()) {
          owner().absorbed.add(source);
          source.isUsed = true;
        }
      }
    },
  };
  const whole = (): Values => [{ kind: "followed", followed: itself }];
  const callMethod = (name: string, use: CallUse): Values => {
    if (wholes.has(name)) {
      if (prefix === "") owner().isUsed = true;
      return whole();
    }
    if (name === "get" || name === "pop" || name === "setdefault") {
      const key = argumentOf(use.call, "key", 0);
      const called = key && evaluate(use.flow.modules, use.scope, key);
      const other = argumentOf(use.call, "default", 1);
      const fallback = other && evaluate(use.flow.modules, use.scope, other);
      if (typeof called === "string") return read(called, use, fallback);
      passOn(use);
      return nothing;
    }
    if (name === "update" || name === "setdefaults" || name === "__init__") {
      for (const { value } of use.call.arguments) owner().given.push({ value, use });
      itself.absorb(followedOf(use.given.flat()), use);
      return nothing;
    }
    return read(name, use);
  };
  return itself;
}

function isWhole(name: string): boolean {
  return name === "__dict__" || name === "_items";
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
function isOwnItem(index: Expression, use: Use, whole: Followed): boolean {
  if (index.kind !== "name") return false;
  const values = use.frame.values.get(index.name) ?? nothing;
  return followedOf(values).some((each) => itemSource(each)?.followed === whole);
}

const items = new WeakMap<Followed, Settings>();

/** What a loop over settings gives: of no name that is written, so where it goes, all of them go. */
function itemOf(settings: Settings): Followed {
  const followed: Followed = {
    ...indifferent,
    handedOut: (to, use) => {
      if ((to === undefined || !onlookers.test(to)) && !isLogged(use)) {
        settings.passedOn.push(placeOf(use));
      }
      return [{ kind: "followed", followed }];
    },
  };
  items.set(followed, settings);
  return followed;
}

function itemSource(followed: Followed): Settings | undefined {
  return items.get(followed);
}

/** Told where what a loop over settings gives is put into something that nobody follows. */
export function noteLost(values: readonly Followed[], use: Use): void {
  for (const each of values) itemSource(each)?.passedOn.push(placeOf(use));
}
