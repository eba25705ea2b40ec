/** A workspace as a record: paths to texts. */
import type { SourceFiles } from "../../../src/script/reading.js";

export function sourceFiles(texts: Readonly<Record<string, string>>): SourceFiles {
  return {
    read: (path) => (Object.hasOwn(texts, path) ? texts[path] : undefined),
    list: (folder) => {
      const prefix = folder === "" ? "" : `${folder}/`;
      const names = Object.keys(texts)
        .filter((path) => path.startsWith(prefix))
        .map((path) => path.slice(prefix.length).split("/"))
        .map(([first = "", ...rest]) => (rest.length > 0 ? `${first}/` : first));
      return [...new Set(names)];
    },
  };
}
