/** STUDY on the command line: a name, a unique prefix of one, a path, or `latest`. */
import { existsSync } from "node:fs";
import path from "node:path";
import { findStudies, newestFirst } from "./folder.js";

export type StudyLookupProblem =
  | { readonly code: "no-studies"; readonly from: string }
  | { readonly code: "unknown"; readonly wanted: string; readonly known: readonly string[] }
  | { readonly code: "ambiguous"; readonly wanted: string; readonly candidates: readonly string[] };

export type StudyLookup = { readonly directory: string } | { readonly problem: StudyLookupProblem };

/** Looks at or below the folder `from`; a path may lead anywhere. */
export async function resolveStudy(wanted: string, from: string): Promise<StudyLookup> {
  const asPath = path.resolve(from, wanted);
  if (existsSync(path.join(asPath, "study.json"))) return { directory: asPath };
  const studies = await findStudies(from);
  if (studies.length === 0) return { problem: { code: "no-studies", from: path.resolve(from) } };
  if (wanted === "latest") return only(newestFirst(studies).slice(0, 1), wanted, studies);
  const named = studies.filter((study) => path.basename(study) === wanted);
  if (named.length > 0) return only(named, wanted, studies);
  const matching = studies.filter((study) => path.basename(study).startsWith(wanted));
  return only(matching, wanted, studies);
}

function only(
  candidates: readonly string[],
  wanted: string,
  known: readonly string[],
): StudyLookup {
  const [directory, ...others] = candidates;
  if (directory === undefined) return { problem: { code: "unknown", wanted, known } };
  return others.length === 0
    ? { directory }
    : { problem: { code: "ambiguous", wanted, candidates } };
}

const shownAtMost = 8;

export function lookupSentence(problem: StudyLookupProblem): string {
  switch (problem.code) {
    case "no-studies":
      return `There is no study at or below ${problem.from}: run a sweep there first, or name a study by its path.`;
    case "unknown":
      return `No study is called ${problem.wanted}. There ${list(problem.known.map((study) => path.basename(study)))}.`;
    case "ambiguous":
      return `${problem.wanted} could be several studies. Say which by more of its name, or by its path: there ${list(problem.candidates)}.`;
  }
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, shownAtMost).join(", ");
  const more = names.length > shownAtMost ? ` and ${names.length - shownAtMost} more` : "";
  return `${names.length === 1 ? "is" : "are"} ${shown}${more}`;
}
