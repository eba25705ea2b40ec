/** Where in this workspace studies have been seen: what tells the front door that there are any. */
import type { Memento } from "vscode";

const key = "folders";

/** The `.sweepdeck` folders that have held studies; some may be gone by now. */
export function rememberedFolders(memory: Memento): readonly string[] {
  const folders = memory.get<unknown>(key);
  return Array.isArray(folders) ? folders.filter((folder) => typeof folder === "string") : [];
}

export function rememberFolders(memory: Memento, folders: readonly string[]): Thenable<void> {
  return memory.update(key, folders);
}
