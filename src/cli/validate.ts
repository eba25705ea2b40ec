import path from "node:path";
import { newSurroundingsMemory, surroundingsOf } from "../engine/surroundings.js";
import { applyEdits } from "../language/edit.js";
import { type Finding, findingsIn } from "../language/findings.js";
import { curesOf } from "../language/fix-all.js";
import { type FileProblem, fixableProblemsIn, problemsIn } from "../language/problems.js";
import { linesLookedAt, looksLikeSweep } from "../language/sweep-document.js";
import { parseSweep } from "../sweep/parse.js";
import { positionsOf } from "../sweep/position.js";
import { type Command, jsonOption, Unusable } from "./command.js";
import { printJson, printText, say } from "./output.js";
import { read, rewrite } from "./sweep-file.js";

export const validate: Command = {
  name: "validate",
  words: "FILE...",
  summary: "Check sweep files and print what is wrong with them, and where.",
  about:
    "Reads the training script beside each file too, and runs nothing. Exits with 0 without errors, 1 with errors, 2 when a file cannot be read or written; the others are checked all the same.",
  options: {
    fix: { type: "boolean", about: "make the changes that were most likely meant, and say which" },
    json: jsonOption,
  },
  run: async (given) => {
    if (given.words.length === 0) throw new Unusable("Name the sweep files to check.");
    const look = lookAround();
    const problemsOf = given.flag("json") ? fixableProblemsIn : problemsIn;
    const check = (file: string): Report => {
      const { text, ...fixed } = given.flag("fix") ? fix(look, file) : { text: read(file) };
      const { parsed, around } = look(file, text);
      return { file, ...fixed, problems: problemsOf(parsed, around) };
    };
    const reports = given.words.map((file) => reportOf(file, () => check(file)));
    if (given.flag("json")) printJson(reports);
    for (const report of reports) {
      if (report.error !== undefined) say(report.error);
      else if (!given.flag("json")) printReport(report);
    }
    if (reports.some(({ error }) => error !== undefined)) return 2;
    const isWrong = reports.some(({ problems }) =>
      problems.some(({ severity }) => severity === "error"),
    );
    return isWrong ? 1 : 0;
  },
};

interface Report {
  readonly file: string;
  /** Why the file could not be read or written, as a sentence. */
  readonly error?: string;
  /** Absent where none was asked for. */
  readonly fixed?: readonly Fixed[];
  readonly problems: readonly FileProblem[];
}

/** A change that was made; lines count from zero, in the text as it then was. */
interface Fixed {
  readonly code: Finding["code"];
  readonly title: string;
  readonly line: number;
}

type Look = ReturnType<typeof lookAround>;

/** What is known around files that are checked together is looked for once. */
function lookAround() {
  const memory = newSurroundingsMemory();
  return (file: string, text: string) => {
    const parsed = parseSweep(text);
    return { parsed, around: surroundingsOf(path.resolve(file), parsed, { memory }) };
  };
}

/** A file that cannot be used is told of in its place, and the others are checked all the same. */
function reportOf(file: string, check: () => Report): Report {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { file, error: error.message, problems: [] };
  }
}

interface Fixing {
  readonly fixed: readonly Fixed[];
  /** The file's own, as it is now. */
  readonly text: string;
}

function fix(look: Look, file: string): Fixing {
  const text = read(file);
  if (looksLikeSweep(file, headOf(text))) {
    return rewrite(file, (now) => fixedBy(look, file, now));
  }
  say(`${file}: this does not look like a sweep, and is left as it is`);
  return { fixed: [], text };
}

/** A change may bring the next one into view; one that undid another would go on for ever. */
const mostRounds = 20;

function fixedBy(look: Look, file: string, original: string): Fixing {
  const fixed: Fixed[] = [];
  let text = original;
  for (let round = 0; round < mostRounds; round += 1) {
    const { parsed, around } = look(file, text);
    const cures = curesOf(parsed, findingsIn(parsed, around));
    if (cures.length === 0) break;
    const positions = positionsOf(text);
    for (const { finding, fix } of cures) {
      const { line } = positions.at(finding.range.start);
      fixed.push({ code: finding.code, title: fix.title, line });
    }
    text = applyEdits(
      text,
      cures.flatMap(({ fix }) => fix.edits),
    );
  }
  return { fixed, text };
}

/** As compilers print it, so that terminals and editors link to the place. */
function printReport({ file, fixed = [], problems }: Report): void {
  for (const { code, title, line } of fixed) say(`${file}:${line + 1}: fixed: ${title} [${code}]`);
  for (const problem of problems) {
    printText(lineOf(file, problem));
    for (const { path: other, line: at, message: why } of problem.related) {
      const shown =
        other === undefined ? file : path.relative("", path.resolve(path.dirname(file), other));
      printText(`  ${shown}:${at + 1}: ${why}`);
    }
  }
  if (problems.length === 0) say(`${file}: nothing to complain of`);
}

function lineOf(file: string, { range, severity, message, code }: FileProblem): string {
  const { line, character } = range.start;
  return `${file}:${line + 1}:${character + 1}: ${severity}: ${message} [${code}]`;
}

/** A line for each error of a sweep file, what its script is proven to refuse included. */
export function errorLines(file: string, text: string): readonly string[] {
  const { parsed, around } = lookAround()(file, text);
  const errors = problemsIn(parsed, around).filter(({ severity }) => severity === "error");
  return errors.map((problem) => lineOf(path.relative("", file), problem));
}

function headOf(text: string): string {
  return text.split("\n").slice(0, linesLookedAt).join("\n");
}
