/** The thread that looks around sweep files, started when it is first needed and again when it died. */
import path from "node:path";
import { Worker } from "node:worker_threads";
import type * as vscode from "vscode";
import type {
  LookAnswer,
  LookRequest,
  ReadAnswer,
  ReadRequest,
  SurroundingsAnswer,
  SurroundingsRequest,
} from "../../engine/surroundings-messages.js";
import type { Log } from "../log.js";

export interface Lookout extends vscode.Disposable {
  /** Undefined where no answer came: the log says why. */
  look(request: Omit<LookRequest, "kind" | "id">): Promise<LookAnswer | undefined>;
  read(request: Omit<ReadRequest, "kind" | "id">): Promise<ReadAnswer | undefined>;
}

interface Waiting {
  settle(answer: SurroundingsAnswer | undefined): void;
  readonly patience: NodeJS.Timeout;
}

/** Reading takes milliseconds: who needs longer than this is stuck, on a dead network drive it may be. */
const usualPatienceMs = 20_000;

/** A thread that dies at each start is left alone in the end: sweep files are written without it too. */
const startsAtMost = 5;

/** @param home the folder of the bundles */
export function startLookout(
  home: string,
  log: Pick<Log, "channel" | "handOver">,
  patienceMs = usualPatienceMs,
): Lookout {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let starts = 0;
  let asked = 0;
  const settle = (id: number, answer: SurroundingsAnswer | undefined) => {
    const wait = waiting.get(id);
    if (wait === undefined) return;
    clearTimeout(wait.patience);
    waiting.delete(id);
    wait.settle(answer);
  };
  const warn = (reason: string) => log.channel.warn(`Reading training scripts: ${reason}`);
  const end = (reason?: string) => {
    if (reason !== undefined) warn(reason);
    const ended = worker;
    worker = undefined;
    for (const id of [...waiting.keys()]) settle(id, undefined);
    if (ended !== undefined) log.handOver("Ending the thread that reads", ended.terminate());
  };
  const started = (): Worker | undefined => {
    if (worker !== undefined || starts >= startsAtMost) return worker;
    starts += 1;
    const fresh = new Worker(path.join(home, "surroundings.js"), { name: "sweepdeck scripts" });
    fresh.on("message", (answer: SurroundingsAnswer) => {
      if (answer.kind === "failed") warn(answer.reason);
      settle(answer.id, answer);
    });
    fresh.on("error", (error) => {
      if (worker === fresh) end(error.stack ?? error.message);
    });
    // It has no say in how long the extension host lives.
    fresh.unref();
    worker = fresh;
    return worker;
  };
  const ask = (request: SurroundingsRequest) =>
    new Promise<SurroundingsAnswer | undefined>((resolve) => {
      const thread = started();
      if (thread === undefined) return resolve(undefined);
      const patience = setTimeout(() => end(`no answer within ${patienceMs / 1000} s`), patienceMs);
      waiting.set(request.id, { settle: resolve, patience });
      thread.postMessage(request);
    });
  return {
    async look(request) {
      asked += 1;
      const answer = await ask({ kind: "look", id: asked, ...request });
      return answer?.kind === "look" ? answer : undefined;
    },
    async read(request) {
      asked += 1;
      const answer = await ask({ kind: "read", id: asked, ...request });
      return answer?.kind === "read" ? answer : undefined;
    },
    dispose: () => end(),
  };
}
