/**
 * A sweep file's text to a `Sweep`, and to everything that is wrong with it.
 *
 * Three passes over one tree: shapes (`check.ts`), what must hold between keys (`rules.ts`), and,
 * where neither found an error, the typed sweep (`build.ts`).
 */
import { buildSweep } from "./build.js";
import { checkSweep } from "./check.js";
import { withoutEchoes } from "./echoes.js";
import { adviseOnGrid } from "./grid-rules.js";
import { adviseOnStopping } from "./hyperband-rules.js";
import { kindOf } from "./kind.js";
import { checkMisplaced } from "./misplaced.js";
import { problemAt, type Report, type SweepProblem } from "./problem.js";
import { checkRules } from "./rules.js";
import type { Sweep } from "./sweep.js";
import { isNull, type MapNode, type TextNode, type TextRange } from "./tree.js";
import { readYaml } from "./yaml.js";

export interface SweepDocument {
  readonly text: string;
  /** Absent where the text holds nothing but comments. */
  readonly root?: TextNode;
}

export interface ParsedSweep {
  /** Absent if and only if there are errors. */
  readonly sweep?: Sweep;
  /** In the order of the text. */
  readonly problems: readonly SweepProblem[];
  readonly document: SweepDocument;
}

/** Never throws. */
export function parseSweep(text: string): ParsedSweep {
  const problems: SweepProblem[] = [];
  const report: Report = (range, facts) => {
    problems.push(problemAt(withoutTrailingSpace(text, range), facts));
  };
  const root = readYaml(text, report);
  let sweep: Sweep | undefined;
  if (root === undefined || isNull(root)) report({ start: 0, end: 0 }, { code: "file-empty" });
  else if (root.kind === "map") sweep = readSweep(root, text, problems, report);
  else {
    const expected = ["a map"];
    report(root.range, { code: "wrong-type", where: "", expected, found: kindOf(root) });
  }
  const told = withoutEchoes(problems);
  told.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return {
    ...(sweep !== undefined && { sweep }),
    problems: told,
    document: { text, ...(root !== undefined && { root }) },
  };
}

function readSweep(
  root: MapNode,
  text: string,
  problems: readonly SweepProblem[],
  report: Report,
): Sweep | undefined {
  checkSweep(root, report);
  checkMisplaced(root, report);
  checkRules(root, text, report);
  if (problems.some(({ severity }) => severity === "error")) return undefined;
  const sweep = buildSweep(root);
  if (sweep === undefined) return undefined;
  adviseOnGrid(sweep, root, report);
  adviseOnStopping(sweep, root, report);
  return sweep;
}

/** The YAML parser counts the line break after a block to the block. */
function withoutTrailingSpace(text: string, { start, end }: TextRange): TextRange {
  const trimmed = text.slice(start, end).trimEnd().length;
  return { start, end: trimmed === 0 ? end : start + trimmed };
}
