/**
 * Optuna's lock on a journal: a symlink beside it, taken and waited for as Optuna does.
 *
 * The target must be the absolute path of the journal. Optuna's waiters follow the link to see
 * when the journal was last written; where it leads nowhere they never sleep.
 */
import { randomUUID } from "node:crypto";
import { closeSync, lstatSync, openSync, renameSync, symlinkSync, unlinkSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { errorCode } from "./files.js";

/** Others hold the lock of the journal, for longer than one may wait without giving way. */
export class JournalBusy extends Error {
  constructor(readonly file: string) {
    super(`${file} is being written by another process: try again in a moment`);
    this.name = "JournalBusy";
  }
}

export interface LockTimes {
  /** How long `acquire` may block the thread. */
  readonly patienceMs: number;
  /** A lock that has stood untouched for so long belongs to nobody: Optuna breaks it then, and so do we. */
  readonly graceMs: number;
}

const usualTimes: LockTimes = { patienceMs: 300, graceMs: 30_000 };
const firstPauseMs = 1;
const longestPauseMs = 1000;

/** The lock while it is held; release it by disposing of it. */
export interface HeldLock extends Disposable {
  /**
   * False when it may no longer be written: the lock was broken by others, or is about to be, as
   * after the machine slept. Ask right before the write.
   */
  isOurs(): boolean;
}

export class JournalLock {
  readonly #journal: string;
  readonly #lock: string;
  readonly #times: LockTimes;
  /** The lock of another that we last saw, and since when. */
  #seen: { readonly identity: string; readonly sinceMs: number } | undefined;

  /** `journal` is an absolute path. */
  constructor(journal: string, times: Partial<LockTimes> = {}) {
    this.#journal = journal;
    this.#lock = `${journal}.lock`;
    this.#times = { ...usualTimes, ...times };
  }

  /** Blocks the thread while another writes, which takes milliseconds; throws `JournalBusy` after that. */
  acquire(): HeldLock {
    const deadline = performance.now() + this.#times.patienceMs;
    let pauseMs = firstPauseMs;
    for (;;) {
      const held = this.#tryOnce();
      if (held !== undefined) return held;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new JournalBusy(this.#journal);
      sleep(Math.min(pauseMs, leftMs));
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  /** Whether nobody holds the lock; one that its holder left behind is broken once it was seen to stand for long. */
  isFree(): boolean {
    const identity = identityOf(this.#lock);
    return identity === undefined || this.#breakIfAbandoned(identity);
  }

  /** Resolves when nobody holds the lock. Blocks nothing. */
  async whenFree(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!this.isFree()) {
      await delay(pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }

  #tryOnce(): HeldLock | undefined {
    const acquiredAtMs = Date.now();
    const acquired = performance.now();
    if (!createLock(this.#journal, this.#lock)) {
      const identity = identityOf(this.#lock);
      if (identity !== undefined) this.#breakIfAbandoned(identity);
      return undefined;
    }
    this.#seen = undefined;
    const identity = identityOf(this.#lock);
    const isOurs = () => identity !== undefined && identityOf(this.#lock) === identity;
    // The monotonic clock stands still while a laptop sleeps, the other may be set back.
    const heldMs = () => Math.max(Date.now() - acquiredAtMs, performance.now() - acquired);
    return {
      isOurs: () => heldMs() < this.#times.graceMs && isOurs(),
      [Symbol.dispose]: () => {
        if (isOurs()) removeLock(this.#lock);
      },
    };
  }

  #breakIfAbandoned(identity: string): boolean {
    const now = performance.now();
    const seen = `${identity} ${identityOf(this.#journal)}`;
    if (this.#seen?.identity !== seen) {
      this.#seen = { identity: seen, sinceMs: now };
      return false;
    }
    if (now - this.#seen.sinceMs < this.#times.graceMs) return false;
    if (identityOf(this.#lock) === identity) removeLock(this.#lock);
    this.#seen = undefined;
    return true;
  }
}

/** False when it is there already. */
function createLock(journal: string, lock: string): boolean {
  try {
    symlinkSync(journal, lock);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
  }
  // A file system without symlinks: Optuna's other lock is a file of the same name.
  try {
    closeSync(openSync(lock, "wx"));
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** Every writer's lock has the same target; when it was made tells them apart. */
function identityOf(file: string): string | undefined {
  const stat = lstatSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.ino} ${stat.mtimeNs}`;
}

/** By rename first, as Optuna does: of several who remove it, one does. */
function removeLock(lock: string): void {
  const aside = `${lock}${randomUUID()}.rename`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  unlinkSync(aside);
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

function sleep(ms: number): void {
  Atomics.wait(sleeper, 0, 0, ms);
}
