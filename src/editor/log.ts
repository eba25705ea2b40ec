/** The one log, and what becomes of the promises that nobody awaits. */
import type * as vscode from "vscode";
import { Dismissed, Refusal, showRefusal } from "./refusal.js";

export interface Log {
  readonly channel: vscode.LogOutputChannel;
  /** Takes over a promise that its maker does not await: what it rejects with is logged. */
  handOver(what: string, work: PromiseLike<unknown>): void;
  /** Runs what the reader asked for: a refusal is shown as it is, any other error as a failure of ours. */
  guard(what: string, work: () => unknown): Promise<unknown>;
}

export function createLog(channel: vscode.LogOutputChannel): Log {
  const fail = (what: string, error: unknown) => {
    channel.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  };
  const tell = async (what: string, error: unknown) => {
    if (error instanceof Refusal) return showRefusal(error);
    fail(what, error);
    const reason = error instanceof Error ? error.message : String(error);
    return showRefusal(
      new Refusal(`${what} failed: ${reason}`, [
        { title: "Show Log", command: "sweepdeck.showLog" },
      ]),
    );
  };
  const handOver: Log["handOver"] = (what, work) => {
    work.then(undefined, (error: unknown) => fail(what, error));
  };
  return {
    channel,
    handOver,
    async guard(what, work) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Dismissed) return undefined;
        // Not awaited: a command ends when it has failed, not when its message is closed.
        handOver(what, tell(what, error));
        return undefined;
      }
    },
  };
}
