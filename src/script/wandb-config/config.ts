/** Follows `wandb.config`, and the runs that it belongs to. */
import type { Follower } from "../flow/flow.js";
import { type GivenValues, newSettings, type Settings } from "../flow/settings.js";
import {
  type CallUse,
  type Followed,
  followedOf,
  indifferent,
  nothing,
  placeOf,
  type Values,
} from "../flow/values.js";
import type { Expression } from "../python/syntax.js";
import { argumentOf } from "../python/walk.js";
import type { SourcePlace } from "../reading.js";

export interface WandbConfig {
  readonly settings: Settings;
  /** What a run starts with: `wandb.init(config=...)`. */
  readonly starts: GivenValues[];
  /** Where the script starts an agent of its own. */
  startsAgent: SourcePlace | undefined;
}

export function newWandbConfig(): WandbConfig {
  return { settings: newSettings(), starts: [], startsAgent: undefined };
}

export function configFollower(config: WandbConfig): Follower {
  const whole: Values = [{ kind: "followed", followed: config.settings.followed }];
  const run: Followed = {
    ...indifferent,
    attribute: (name) => (name === "config" ? whole : nothing),
    setAttribute: (name, values, use, written) => {
      if (name === "config") config.starts.push({ value: written, use, given: values });
    },
  };
  const runs: Values = [{ kind: "followed", followed: run }];
  const logger: Followed = {
    ...indifferent,
    attribute: (name) => (name === "experiment" ? runs : nothing),
  };
  return {
    outsideValue: (name) => {
      if (name === "wandb.config") return whole;
      return name === "wandb.run" ? runs : nothing;
    },
    outsideCall: (name, use) => {
      if (name === "wandb.init") {
        start(config, use);
        return runs;
      }
      // The helper that trials are given hands over what wandb.config would.
      if (name === "sweepdeck.params") {
        startWith(config, argumentOf(use.call, "defaults", 0), use);
        return whole;
      }
      if (name === "wandb.agent") config.startsAgent ??= placeOf(use);
      if (!/(?:^|\.)WandbLogger$/.test(name)) return undefined;
      start(config, use);
      return [{ kind: "followed", followed: logger }];
    },
    unknownCall: () => undefined,
    inherited: () => undefined,
    outsideAssigned: (name, use, values, written) => {
      const key = /^wandb\.config\.([^.]+)$/.exec(name)?.[1];
      if (key !== undefined) config.settings.followed.setAttribute(key, values, use, written);
    },
  };
}

function start(config: WandbConfig, use: CallUse): void {
  startWith(config, argumentOf(use.call, "config"), use);
}

function startWith(config: WandbConfig, value: Expression | undefined, use: CallUse): void {
  if (value === undefined) return;
  const at = use.call.arguments.findIndex((argument) => argument.value === value);
  const given = use.given[at] ?? nothing;
  // Handed back to itself, as sweeps that start their own agent do, it gives no defaults.
  if (followedOf(given).includes(config.settings.followed)) return;
  config.starts.push({ value, use, given });
}
