/** One study of a journal: its attributes, and its trials as they are now. */
import * as z from "zod";
import { ownValue } from "../space/record.js";
import type { Configuration, Space } from "../space/space.js";
import { constantsAttribute } from "./decoding.js";
import { encodeSpace } from "./encoding.js";
import type { FoldedTrial, TrialContext } from "./folded-trial.js";
import type { Attributes } from "./records.js";
import { decodeSpace, spaceAttribute } from "./space-json.js";
import type { Goal, Objective, Report, Trial } from "./trial.js";

export const objectiveAttribute = "sweepdeck:objective";

const one = z.object({ name: z.string(), goal: z.enum(["minimize", "maximize"]) });
const objectiveSchema = one.extend({
  value: z.enum(["best", "last"]),
  others: z.array(one).readonly().optional(),
});

/** A study of which no space is known: whatever its trials' parameters are called. */
const foreign = encodeSpace({ parameters: [] });

export class FoldedStudy implements TrialContext {
  readonly id: number;
  readonly name: string;
  /** The direction of each objective. */
  readonly directions: readonly Goal[];
  #userAttributes: Attributes = {};
  #systemAttributes: Attributes = {};
  #space: Space | undefined;
  #encoding = foreign;
  #objective: z.infer<typeof objectiveSchema> | undefined;
  #isDeleted = false;
  readonly #folded: FoldedTrial[] = [];
  #changed: FoldedTrial[] = [];
  #endings = 0;
  #trials: readonly Trial[] = [];

  constructor(id: number, name: string, directions: readonly Goal[]) {
    this.id = id;
    this.name = name;
    this.directions = directions;
  }

  get userAttributes(): Attributes {
    return this.#userAttributes;
  }

  get systemAttributes(): Attributes {
    return this.#systemAttributes;
  }

  /** The space of a sweep of ours; undefined for a foreign study. */
  get space(): Space | undefined {
    return this.#space;
  }

  /** As the sweep names it; undefined for a foreign study, and for a sweep without a metric. */
  get objective(): Objective | undefined {
    return this.#objective;
  }

  /** Deleted by somebody, as in Optuna's dashboard: its bytes are there, and it is shown as deleted. */
  get isDeleted(): boolean {
    return this.#isDeleted;
  }

  /** By number. A trial that changed is another object, and so is then the array. */
  get trials(): readonly Trial[] {
    return this.#trials;
  }

  get trialCount(): number {
    return this.#folded.length;
  }

  add(trial: FoldedTrial): void {
    this.#folded.push(trial);
  }

  changed(trial: FoldedTrial): void {
    this.#changed.push(trial);
  }

  nextEnding(): number {
    this.#endings += 1;
    return this.#endings - 1;
  }

  delete(): void {
    this.#isDeleted = true;
  }

  setUserAttributes(attributes: Attributes): void {
    this.#userAttributes = { ...this.#userAttributes, ...attributes };
    if (Object.keys(attributes).some((key) => shapesTrials.has(key))) this.#reshape();
  }

  setSystemAttributes(attributes: Attributes): void {
    this.#systemAttributes = { ...this.#systemAttributes, ...attributes };
  }

  /** Takes new pictures of the trials that changed since the last call. */
  settle(): void {
    if (this.#changed.length === 0) return;
    const trials = [...this.#trials];
    for (const trial of this.#changed) trials[trial.number] = trial.picture();
    this.#changed = [];
    this.#trials = trials;
  }

  decode(
    params: Readonly<Record<string, number>>,
    distributions: Readonly<Record<string, string>>,
    attributes: Attributes,
  ): Configuration {
    return this.#encoding.fromJournal(params, distributions, attributes);
  }

  valueOf(reports: readonly Report[]): number | null {
    const values = reports.map(([, value]) => value).filter((value) => !Number.isNaN(value));
    if (values.length === 0) return null;
    if (this.#objective?.value === "last") return values.at(-1) ?? null;
    // Not Math.max(...values): the reports of a foreign trial may be too many for one call.
    return values.reduce(this.directions[0] === "maximize" ? larger : smaller);
  }

  #reshape(): void {
    const objective = objectiveSchema.safeParse(ownValue(this.#userAttributes, objectiveAttribute));
    this.#objective = objective.success ? objective.data : undefined;
    this.#space = decodeSpace(this.#userAttributes);
    this.#encoding = this.#space === undefined ? foreign : encodeSpace(this.#space);
    for (const trial of this.#folded) trial.reshape();
  }
}

/** Attributes of a study that decide how its trials look. */
const shapesTrials: ReadonlySet<string> = new Set([
  spaceAttribute,
  constantsAttribute,
  objectiveAttribute,
]);

function larger(a: number, b: number): number {
  return Math.max(a, b);
}

function smaller(a: number, b: number): number {
  return Math.min(a, b);
}
