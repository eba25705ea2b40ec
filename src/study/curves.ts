/** The curves of trials as stopping rules see them. */
import { ownValue } from "../space/record.js";
import type { Curve, CurvePoint } from "../stopping/rule.js";
import { trialAttribute } from "./folded-trial.js";
import { observedState } from "./history.js";
import type { Reader } from "./reader.js";
import type { KeptCounts } from "./thinning.js";
import type { Report, Trial } from "./trial.js";

/**
 * Of the objective, as the journal has it. Its lines are those reports that the thinning keeps, in
 * their order, so the place of a line tells which report it was; only the last of a trial that has
 * ended may be another, and then its attributes say how many there were.
 */
export function journaledCurve(trial: Trial, kept: KeptCounts): Curve {
  const finite = trial.journaled.every(isFiniteReport)
    ? trial.journaled
    : trial.journaled.filter(isFiniteReport);
  // Other writers thin nothing out.
  const isOurs = trial.slot !== null;
  const total = trial.attributes[trialAttribute.reports];
  const points: CurvePoint[] = [];
  for (const [index, [step, value]] of finite.entries()) {
    const isLast = index === finite.length - 1 && typeof total === "number";
    const count = !isOurs ? index + 1 : isLast ? total : kept.at(index);
    if (count !== undefined) points.push({ count, step, value });
  }
  return { trial: trial.number, state: observedState(trial.state), points };
}

/** Of any metric that an ended trial has reported, from its own files. */
export function filedCurve(reader: Reader, metric: string): readonly CurvePoint[] {
  const points: CurvePoint[] = [];
  for (const { step, metrics } of reader.readToEnd()) {
    const value = ownValue(metrics, metric);
    if (value === undefined || !Number.isFinite(value)) continue;
    points.push({ count: points.length + 1, step: step ?? points.length, value });
  }
  return points;
}

function isFiniteReport([, value]: Report): boolean {
  return Number.isFinite(value);
}

/** A curve that grows as its trial reports; the point that is no finite number stands until the next. */
export function extend(points: CurvePoint[], point: CurvePoint): void {
  const last = points.at(-1);
  if (last !== undefined && !Number.isFinite(last.value)) points.pop();
  points.push(point);
}
