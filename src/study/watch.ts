import { type FSWatcher, watch } from "node:fs";

/**
 * Calls `hint` at every change in a folder. Where the system has no watch left to give, or none for
 * this file system, nothing is watched: whoever waits polls too.
 */
export function watchDirectory(directory: string, hint: () => void): Disposable {
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(directory, { persistent: false }, hint);
    watcher.on("error", () => watcher?.close());
  } catch {
    watcher = undefined;
  }
  return { [Symbol.dispose]: () => watcher?.close() };
}
