/**
 * The thread of a sampler. A suggestion may take a quarter of a second, for which neither the
 * editor nor the trials that run are to wait.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Sampler } from "../search/sampler.js";
import type { Observation } from "../space/history.js";
import { parseSweep } from "../sweep/parse.js";
import { withChanges } from "./history-change.js";
import type { SamplerAnswer, SamplerRequest } from "./sampler-messages.js";
import { type SamplerSource, samplerOf } from "./study-sampler.js";

let sampler: Sampler | undefined;
let observations: readonly Observation[] = [];

parentPort?.on("message", (request: SamplerRequest) => {
  if (request.kind === "observed") observations = withChanges(observations, request.changes);
  else parentPort?.postMessage(answerOrFailure(request.draws, request.count));
});

function answerOrFailure(draws: number, count: number): SamplerAnswer {
  try {
    observations = observations.slice(0, count);
    sampler ??= made(workerData as SamplerSource);
    return { kind: "proposal", proposal: sampler.ask({ draws, observations }) };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "failed", reason };
  }
}

function made(source: SamplerSource): Sampler {
  const { sweep } = parseSweep(source.text);
  if (sweep === undefined) throw new Error("the sweep of the study has errors");
  return samplerOf(source, sweep);
}
