/** Where a Hydra app finds its configurations: the YAML files of a folder, and those it stores itself. */
import { joinPath } from "../../finder.js";
import type { SourceFiles } from "../../reading.js";
import type { ConfigRepository } from "./compose.js";
import { type ConfigFile, readConfigFile } from "./config-file.js";

const mostFolders = 400;
const deepest = 8;

/** `folder` undefined: only what is stored. */
export function repositoryOf(
  files: SourceFiles,
  folder: string | undefined,
  stored: ReadonlyMap<string, ConfigFile>,
  isLegacy: boolean,
): ConfigRepository {
  const loaded = new Map<string, ConfigFile | undefined>();
  const choices = folder === undefined ? new Map<string, string[]>() : choicesBelow(files, folder);
  for (const path of stored.keys()) {
    const slash = path.lastIndexOf("/");
    const group = slash < 0 ? "" : path.slice(0, slash);
    const known = choices.get(group) ?? [];
    choices.set(group, [...new Set([...known, path.slice(slash + 1)])]);
  }
  const load = (path: string): ConfigFile | undefined => {
    if (loaded.has(path)) return loaded.get(path);
    const file = folder === undefined ? undefined : joinPath(folder, `${path}.yaml`);
    const text = file === undefined ? undefined : files.read(file);
    const read =
      text === undefined || file === undefined ? stored.get(path) : readConfigFile(file, text);
    loaded.set(path, read);
    return read;
  };
  const groups = [...choices.keys()].filter(
    (group) => group !== "" && !/^hydra(?:\/|$)/.test(group),
  );
  return {
    load,
    groups,
    isLegacy,
    choicesOf: (group) => {
      const within = `${group}/`;
      const below = groups
        .filter((each) => each.startsWith(within))
        .flatMap((each) =>
          (choices.get(each) ?? []).map((name) => `${each.slice(within.length)}/${name}`),
        );
      return [...(choices.get(group) ?? []), ...below];
    },
  };
}

/** The names of the configurations in each folder, by the folder's path below the first. */
function choicesBelow(files: SourceFiles, folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const visit = (group: string, depth: number): void => {
    if (depth > deepest || found.size > mostFolders) return;
    const names = files.list(group === "" ? folder : joinPath(folder, group));
    const configs = names.filter((name) => name.endsWith(".yaml"));
    found.set(
      group,
      configs.map((name) => name.slice(0, -".yaml".length)),
    );
    for (const name of names) {
      if (!name.endsWith("/") || /^[._]/.test(name)) continue;
      const below = name.slice(0, -1);
      visit(group === "" ? below : `${group}/${below}`, depth + 1);
    }
  };
  visit("", 0);
  for (const [group, names] of found) if (group !== "" && names.length === 0) found.delete(group);
  return found;
}
