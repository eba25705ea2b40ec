/** From a metric as it is written to a `Metric`. */
import type * as z from "zod";
import type { metric } from "./metric-grammar.js";
import { present } from "./present.js";
import type { Metric } from "./sweep.js";

export function metricOf(read: z.output<typeof metric>): Metric {
  const { name, goal, target, impute, impute_while_running: imputeWhileRunning } = read;
  return present<Metric>({ name, goal, target, impute, imputeWhileRunning });
}
