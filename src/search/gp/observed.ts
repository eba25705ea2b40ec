/** A study's history as a Gaussian process takes it. */
import type { History } from "../../space/history.js";
import type { Point } from "../../space/search-space.js";
import { type Evidence, evidenceOf } from "../evidence.js";
import type { SamplerSetup } from "../sampler.js";
import type { Encoding } from "./encoding.js";
import type { Features } from "./kernel.js";

export interface Row {
  readonly point: Point;
  readonly features: Features;
  readonly loss: number;
  /** By how much outcome constraints are missed. */
  readonly violation: number;
  /** Whether the loss was measured at the end of a trial that ran to its end. */
  readonly isComplete: boolean;
  /** Which of the study's draws it was; null for results from elsewhere. */
  readonly draw: number | null;
  /** The order in which results came; null for those of earlier studies. */
  readonly ended: number | null;
}

export interface Observed {
  /** Earlier studies first, then in the order in which trials were begun. */
  readonly rows: readonly Row[];
  readonly pending: readonly Point[];
}

export function observedOf(setup: SamplerSetup, encoding: Encoding, history: History): Observed {
  const evidence = evidenceOf(setup, history);
  const complete = evidence.filter(({ state, loss }) => state === "complete" && loss !== null);
  const range = rangeOf(complete.length > 0 ? complete : evidence);
  const sign = setup.objectives[0]?.goal === "maximize" ? -1 : 1;
  const rows = evidence.flatMap((each) => {
    const loss = each.state === "pruned" ? prunedLoss(each, complete, sign) : each.loss;
    return loss === null ? [] : [rowOf(encoding, each, clamped(loss, range))];
  });
  // One whose value is imputed while it runs has a row.
  const pending = evidence
    .filter(({ state, loss }) => state === "running" && loss === null)
    .map(({ point }) => point);
  return { rows, pending };
}

function rowOf({ featuresOf }: Encoding, evidence: Evidence, loss: number): Row {
  const { point, state, violation, observation } = evidence;
  return {
    point,
    features: featuresOf(point),
    loss,
    violation,
    isComplete: state === "complete",
    draw: observation?.draw ?? null,
    ended: observation?.ended ?? null,
  };
}

interface Range {
  readonly least: number;
  readonly most: number;
}

function rangeOf(evidence: readonly Evidence[]): Range {
  const finite = evidence.flatMap(({ loss }) =>
    loss !== null && Number.isFinite(loss) ? [loss] : [],
  );
  return {
    least: finite.reduce((a, b) => Math.min(a, b), Infinity),
    most: finite.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}

/** An infinite loss is as bad as the worst, or as good as the best, that was measured. */
function clamped(loss: number, { least, most }: Range): number {
  if (Number.isFinite(loss)) return loss;
  const end = loss < 0 ? least : most;
  return Number.isFinite(end) ? end : 0;
}

/**
 * What a pruned trial would have come to: among the complete trials it is given the rank that it had
 * when it was stopped, and their loss at that rank. Its own last value was measured earlier than
 * theirs and cannot be held against them; its rank can. Never better than the best complete one.
 */
function prunedLoss(
  { observation, loss }: Evidence,
  complete: readonly Evidence[],
  sign: number,
): number | null {
  const last = observation?.reports.at(-1);
  if (last === undefined || loss === null || Number.isNaN(last[1])) return loss;
  const [step, value] = last;
  const peers = complete.flatMap((each) => {
    const seen = each.observation?.reports.findLast((report) => report[0] <= step)?.[1];
    return seen === undefined || each.loss === null ? [] : [{ seen: seen * sign, loss: each.loss }];
  });
  if (peers.length === 0) return loss;
  const rank = peers.filter(({ seen }) => seen < value * sign).length;
  const losses = peers.map((each) => each.loss).sort((a, b) => a - b);
  return losses[Math.min(rank, losses.length - 1)] ?? loss;
}
