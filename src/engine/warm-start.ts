/**
 * What earlier studies of a sweep file measured, for a study that begins with it. It is settled when
 * the study is made, and kept with it: what becomes of the others later changes no suggestion.
 */
import path from "node:path";
import type { EarlierResult } from "../search/sampler.js";
import { identity } from "../space/distribution.js";
import { violationOf } from "../space/expression/violation.js";
import { ownValue } from "../space/record.js";
import type { SearchSpace } from "../space/search-space.js";
import type { Configuration } from "../space/space.js";
import { metricsOf } from "../study/export.js";
import type { StudyView } from "../study/study-view.js";
import type { Objective, Trial } from "../study/trial.js";
import { searchedBy } from "../sweep/search-space.js";
import { objectivesOf, type Sweep } from "../sweep/sweep.js";
import { isQuick } from "./study-sampler.js";

/** A result of an earlier study, as `study.json` keeps it. */
export interface EarlierTrial extends EarlierResult {
  readonly study: string;
  /** The number of the trial there. */
  readonly trial: number;
}

export type WarmStart =
  | {
      /** Oldest first. */
      readonly earlier: readonly EarlierTrial[];
      /** What is taken and what is not: sentences. */
      readonly remarks: readonly string[];
    }
  /** A sentence that says what is wrong and what to do. */
  | { readonly problem: string };

/** More are not kept: the newest say what the script does now, and `study.json` is read often. */
const mostResults = 1000;

/** `studies`: those of the sweep file, the newest first. */
export function warmStart(sweep: Sweep, studies: readonly StudyView[]): WarmStart {
  const { warmStart: wished } = sweep.deck;
  if (wished === undefined) return { earlier: [], remarks: [] };
  if (isQuick(sweep)) {
    const sampler = sweep.deck.sampler.type ?? sweep.method;
    return {
      earlier: [],
      remarks: [`${sampler} learns from no results: \`warm_start\` changes nothing.`],
    };
  }
  if (wished !== true) {
    const unknown = wished.find((name) => !studies.some((study) => nameOf(study) === name));
    if (unknown !== undefined) return { problem: unknownSentence(unknown, studies) };
  }
  const chosen = studies.filter((study) => wished === true || wished.includes(nameOf(study)));
  const differing = chosen.filter((study) => !isAlike(sweep, study));
  const [first] = differing;
  // Who names a study means it; of all studies those are meant that fit.
  if (first !== undefined && wished !== true) {
    return { problem: `${differenceSentence(sweep, first)} Take it out of \`warm_start\`.` };
  }
  const search = searchedBy(sweep);
  const taken = [...chosen]
    .reverse()
    .filter((study) => !differing.includes(study))
    .map((study) => resultsIn(study, sweep, search));
  const earlier = taken.flatMap(({ inside }) => inside);
  return {
    earlier: earlier.slice(-mostResults),
    remarks: [
      ...differing.map((study) => `${differenceSentence(sweep, study)} It is left out.`),
      ...taken.flatMap(remarksOn),
      ...summary(earlier.length, taken.length),
    ],
  };
}

interface Taken {
  readonly study: string;
  readonly measured: number;
  readonly inside: readonly EarlierTrial[];
}

function resultsIn(study: StudyView, sweep: Sweep, search: SearchSpace): Taken {
  const name = nameOf(study);
  const measured = study.trials.flatMap((trial) => {
    const values = valuesOf(trial, sweep);
    return values === undefined ? [] : [{ trial, values }];
  });
  const inside = measured.flatMap(({ trial, values }) => {
    const { number, configuration } = trial;
    if (!isInside(search, configuration)) return [];
    const violation = missedBy(trial, sweep);
    const result = { study: name, trial: number, configuration, values };
    return [violation > 0 ? { ...result, violation } : result];
  });
  return { study: name, measured: measured.length, inside };
}

/** By the outcomes that the sweep has now, whatever the study had. */
function missedBy(trial: Trial, { deck }: Sweep): number {
  return (deck.outcomes ?? []).reduce(
    (sum, { expression }) => sum + violationOf(expression, metricsOf(trial)),
    0,
  );
}

/** Undefined for what is not complete, or lacks a finite value. */
function valuesOf(trial: Trial, sweep: Sweep): readonly number[] | undefined {
  if (trial.state !== "complete") return undefined;
  const { objectives } = sweep.deck;
  const values =
    objectives.length === 0
      ? [trial.value]
      : objectives.map(({ name }) => ownValue(metricsOf(trial), name));
  return values.every((value) => typeof value === "number" && Number.isFinite(value))
    ? values.map(Number)
    : undefined;
}

/**
 * A parameter that is new has a value nobody recorded, so what lacks one lies outside. One that the
 * sweep no longer has is no objection: to drop what does not matter is what results are for. A
 * constant is a range of one value; results from before it was there are kept.
 */
function isInside(search: SearchSpace, configuration: Configuration): boolean {
  const point = search.pointOf(configuration);
  if (point === undefined || !search.allows(configuration)) return false;
  const isWithin = search.dimensions.every((dimension, index) => {
    const place = point[index] ?? Number.NaN;
    return dimension.kind === "choice" || Number.isNaN(place) || (place >= 0 && place <= 1);
  });
  return (
    isWithin &&
    search.space.parameters.every(({ name, distribution }) => {
      const value = ownValue(configuration, name);
      if (distribution.kind !== "constant" || value === undefined) return true;
      return identity(value) === identity(distribution.value);
    })
  );
}

function isAlike(sweep: Sweep, study: StudyView): boolean {
  return identity(textsOf(objectivesOf(sweep))) === identity(textsOf(objectivesIn(study)));
}

function objectivesIn({ sweep, objective }: StudyView): readonly Objective[] {
  if (sweep !== undefined) return objectivesOf(sweep);
  return objective === undefined ? [] : [objective];
}

function textsOf(objectives: readonly Objective[]): readonly string[] {
  return objectives.map(({ name, goal }) => `${goal}s ${name}`);
}

function nameOf({ directory }: StudyView): string {
  return path.basename(directory);
}

function unknownSentence(name: string, studies: readonly StudyView[]): string {
  const known = studies.map(nameOf).reverse();
  const there =
    known.length === 0 ? "it has none yet: take `warm_start` out" : `it has ${known.join(", ")}`;
  return `\`warm_start\` names ${name}, which is no study of this file; ${there}.`;
}

function differenceSentence(sweep: Sweep, study: StudyView): string {
  const said = (objectives: readonly Objective[]) =>
    objectives.length === 0 ? "has no metric" : textsOf(objectives).join(" and ");
  return `${nameOf(study)} ${said(objectivesIn(study))}, this sweep ${said(objectivesOf(sweep))}: its results cannot be compared.`;
}

function remarksOn({ study, measured, inside }: Taken): readonly string[] {
  const outside = measured - inside.length;
  if (outside === 0) return [];
  const verb = outside === 1 ? "lies" : "lie";
  const left = outside === 1 ? "is" : "are";
  return [
    `${outside} of ${measured} results of ${study} ${verb} outside the space and ${left} left out.`,
  ];
}

function summary(results: number, studies: number): readonly string[] {
  if (studies === 0) return ["There is no earlier study of this sweep to begin with."];
  const what = results === 1 ? "1 earlier result" : `${results} earlier results`;
  if (results <= mostResults) {
    const whence = studies === 1 ? "1 study" : `${studies} studies`;
    return [`The search begins with ${what} of ${whence}.`];
  }
  return [`Of ${what} the search begins with the newest ${mostResults}.`];
}
