/** Waiting for files: changes are hints that end a wait early, and a short poll is what is relied on. */
import { watchDirectory } from "../study/watch.js";

export interface Wake extends Disposable {
  /** Resolves at the next hint, or when `pollMs` have passed; at once when a hint came since the last call. */
  next(pollMs: number): Promise<void>;
  hint(): void;
  /** Takes every change in a folder as a hint, until the returned watch is disposed. */
  watch(directory: string): Disposable;
}

export function createWake(): Wake {
  let hinted = false;
  let resume: (() => void) | undefined;
  const watches = new Set<Disposable>();
  const hint = () => {
    hinted = true;
    resume?.();
  };
  return {
    hint,
    next: (pollMs) =>
      new Promise((resolve) => {
        const finish = () => {
          clearTimeout(timer);
          resume = undefined;
          hinted = false;
          resolve();
        };
        const timer = setTimeout(finish, hinted ? 0 : pollMs);
        resume = finish;
      }),
    watch(directory) {
      const watching = watchDirectory(directory, hint);
      watches.add(watching);
      return {
        [Symbol.dispose]() {
          watches.delete(watching);
          watching[Symbol.dispose]();
        },
      };
    },
    [Symbol.dispose]() {
      for (const watching of watches) watching[Symbol.dispose]();
      watches.clear();
    },
  };
}
