/**
 * One slip breaks several rules: what is only the echo of another problem is not said. Whatever is
 * left out, an error stays an error, for its cause is one.
 */
import type { ProblemCode, SweepProblem } from "./problem.js";
import type { TextRange } from "./tree.js";

/** Words that could not be read as they were meant: what else is said of them is about nothing. */
const unreadable: ReadonlySet<ProblemCode> = new Set([
  "yaml-syntax",
  "character-not-allowed",
  "alias-unknown",
  "alias-inside-itself",
  "key-not-a-word",
  "merge-not-a-map",
]);

const aboutValues: ReadonlySet<ProblemCode> = new Set([
  "wrong-type",
  "unknown-key",
  "unknown-value",
  "parameter-not-a-map",
  "parameter-name",
  "misplaced-key",
]);

/** What is said for want of a key, by the key. */
const wants: Partial<Record<ProblemCode, string>> = {
  "no-metric": "metric",
  "bayes-needs-metric": "metric",
  "early-terminate-needs-metric": "metric",
  "program-missing": "program",
};

export function withoutEchoes(problems: readonly SweepProblem[]): SweepProblem[] {
  const broken = problems.filter(({ code }) => unreadable.has(code));
  const meant = meantKeys(problems);
  const isBroken = problems.some(({ code }) => code === "yaml-syntax");
  // Which key stands in which is not known then.
  const isIndentLost = problems.some(
    (each) => each.code === "yaml-syntax" && each.reason === "TAB_AS_INDENT",
  );
  const hasTabs = problems.some((each) => each.code === "tab-between-words");
  const hasOthers = problems.some(
    ({ code, severity }) => severity === "error" && code !== "file-empty",
  );
  const misplaced = misplacedIn(problems);
  return onceEach(problems).filter((problem) => {
    const { code, range } = problem;
    if (code === "yaml-syntax" && problem.reason === "TAB_AS_INDENT") return !hasTabs;
    if (isIndentLost && aboutValues.has(code)) return false;
    // Nor is what belongs where, below a bracket or a quote that is open.
    if (isBroken && code === "misplaced-key") return false;
    if (aboutValues.has(code) && broken.some((each) => overlap(each.range, range))) return false;
    if (code === "file-empty") return !hasOthers;
    if (isEchoOf(misplaced, problem)) return false;
    if (code === "hyperband-incomplete") {
      return !["min_iter", "max_iter", "s"].some((key) => meant.has(`early_terminate.${key}`));
    }
    const lacks = code === "missing-key" ? pathOf(problem.where, problem.key) : wants[code];
    return lacks === undefined || !(isBroken || meant.has(lacks));
  });
}

/** What is written once and stands in several places, by aliases, is wrong once. */
function onceEach(problems: readonly SweepProblem[]): readonly SweepProblem[] {
  const said = new Set<string>();
  return problems.filter((problem) => {
    const { code, range } = problem;
    const key = "key" in problem ? problem.key : "";
    const same = `${code} ${range.start} ${range.end} ${key}`;
    if (said.has(same)) return false;
    said.add(same);
    return true;
  });
}

/** The paths of keys that are there, misspelt or at the wrong level. */
function meantKeys(problems: readonly SweepProblem[]): ReadonlySet<string> {
  return new Set(
    problems.flatMap((problem) => {
      if (problem.code === "unknown-key" && problem.closest !== undefined) {
        return [pathOf(problem.where, problem.closest)];
      }
      if (problem.code !== "misplaced-key") return [];
      return [problem.home, pathOf(problem.home, problem.key)];
    }),
  );
}

function pathOf(where: string, key: string): string {
  return where === "" ? key : `${where}.${key}`;
}

/** The keys at the wrong level, by what other problems say of themselves: there may be thousands. */
interface Misplaced {
  readonly starts: ReadonlySet<number>;
  /** With those of the keys that move along. */
  readonly allStarts: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
  readonly homes: ReadonlySet<string>;
}

function misplacedIn(problems: readonly SweepProblem[]): Misplaced {
  const found = problems.filter((each) => each.code === "misplaced-key");
  const starts = found.map(({ range }) => range.start);
  const others = found.flatMap((each) => each.others.map(({ keyRange }) => keyRange.start));
  return {
    starts: new Set(starts),
    allStarts: new Set([...starts, ...others]),
    names: new Set(found.map(({ key }) => `parameters.${key}`)),
    homes: new Set(found.map(({ home }) => home)),
  };
}

/** The complaint about the key itself, and the one about the block that it left empty. */
function isEchoOf({ starts, allStarts, names, homes }: Misplaced, problem: SweepProblem): boolean {
  switch (problem.code) {
    case "unknown-key":
      return starts.has(problem.range.start) || names.has(problem.where);
    case "wrong-type":
      return problem.found === "null" && homes.has(problem.where);
    case "null-block":
      return homes.has(problem.key);
    case "parameter-not-a-map":
      return homes.has(pathOf("parameters", problem.name)) || allStarts.has(problem.keyRange.start);
    default:
      return false;
  }
}

function overlap(a: TextRange, b: TextRange): boolean {
  return a.start < b.end && b.start < a.end;
}
