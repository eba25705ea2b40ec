/** A sampler on a thread of its own: started when it is first asked, and again when it died. */
import { Worker } from "node:worker_threads";
import type { Proposal, Sampler } from "../search/sampler.js";
import type { History, Observation } from "../space/history.js";
import type { Proposer } from "../study/proposer.js";
import { changesBetween } from "./history-change.js";
import type { SamplerAnswer, SamplerRequest } from "./sampler-messages.js";
import type { SamplerSource } from "./study-sampler.js";

export interface SamplerThreadOptions {
  /** The bundle of `sampler-worker.ts`. */
  readonly file: string;
  readonly source: SamplerSource;
  /** The same sampler, for when no thread will do it. */
  readonly here: () => Sampler;
}

/** A thread that dies so often is left alone: its sampler is then asked in this one. */
const startsAtMost = 2;

export function proposerOnThread(options: SamplerThreadOptions): Proposer {
  let thread: Thread | undefined;
  let starts = 0;
  let here: Sampler | undefined;
  let isDisposed = false;

  const askHere = (history: History) => {
    here ??= options.here();
    return here.ask(history);
  };
  const propose = async (history: History): Promise<Proposal> => {
    while (thread !== undefined || starts < startsAtMost) {
      if (thread === undefined) {
        starts += 1;
        thread = startThread(options.file, options.source);
      }
      const answer = await thread.ask(history);
      if (answer?.kind === "proposal") return answer.proposal;
      // What the sampler itself throws it throws here too, where its error can be told.
      if (answer?.kind === "failed") break;
      // Nobody waits for the answer any more.
      if (isDisposed) return { kind: "exhausted" };
      thread = undefined;
    }
    return askHere(history);
  };
  return {
    propose,
    [Symbol.dispose]: () => {
      isDisposed = true;
      thread?.end();
    },
  };
}

/** So many are copied in a few milliseconds. */
const changesAtOnce = 100;

interface Thread {
  /** Undefined when the thread has died. */
  ask(history: History): Promise<SamplerAnswer | undefined>;
  end(): void;
}

function startThread(file: string, source: SamplerSource): Thread {
  const worker = new Worker(file, { name: "sweepdeck sampler", workerData: source });
  let known: readonly Observation[] = [];
  let settle: ((answer: SamplerAnswer | undefined) => void) | undefined;
  let isDead = false;
  const post = (request: SamplerRequest) => worker.postMessage(request);
  const answered = (answer: SamplerAnswer | undefined) => {
    const waiting = settle;
    settle = undefined;
    waiting?.(answer);
  };
  const died = () => {
    isDead = true;
    answered(undefined);
  };
  worker.on("message", answered);
  worker.on("error", died);
  worker.on("exit", died);
  // It has no say in how long the process lives.
  worker.unref();
  return {
    ask: async ({ draws, observations }) => {
      const changes = changesBetween(known, observations);
      known = observations;
      for (let from = 0; from < changes.length; from += changesAtOnce) {
        // A long history is copied piece by piece, and whoever else has something to do comes between.
        if (from > 0) await new Promise((resolve) => setImmediate(resolve));
        post({ kind: "observed", changes: changes.slice(from, from + changesAtOnce) });
      }
      return await new Promise((resolve) => {
        if (isDead) return resolve(undefined);
        settle = resolve;
        post({ kind: "ask", draws, count: observations.length });
      });
    },
    end: () => void worker.terminate(),
  };
}
