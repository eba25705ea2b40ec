import { readFileSync } from "node:fs";
import { type FileProblem, problemsOf } from "../language/problems.js";
import { type Command, jsonOption, Unusable } from "./command.js";
import { printJson, printText, say } from "./output.js";

export const validate: Command = {
  name: "validate",
  words: "FILE...",
  summary: "Check sweep files and print what is wrong with them, and where.",
  about: "Exits with 0 without errors, 1 with errors, 2 when a file cannot be read.",
  options: { json: jsonOption },
  run: async (given) => {
    if (given.words.length === 0) throw new Unusable("Name the sweep files to check.");
    const reports = given.words.map((file) => ({ file, problems: problemsOf(read(file)) }));
    if (given.flag("json")) printJson(reports);
    else printReports(reports);
    const isWrong = reports.some(({ problems }) =>
      problems.some(({ severity }) => severity === "error"),
    );
    return isWrong ? 1 : 0;
  },
};

interface Report {
  readonly file: string;
  readonly problems: readonly FileProblem[];
}

/** As compilers print it, so that terminals and editors link to the place. */
function printReports(reports: readonly Report[]): void {
  for (const { file, problems } of reports) {
    for (const { range, severity, message, code } of problems) {
      const { line, character } = range.start;
      printText(`${file}:${line + 1}:${character + 1}: ${severity}: ${message} [${code}]`);
    }
    if (problems.length === 0) say(`${file}: nothing to complain of`);
  }
}

/** The text of a sweep file that was named on the command line. */
export function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") throw new Unusable(`There is no file ${file}.`);
    if (code === "EISDIR") throw new Unusable(`${file} is a folder: name the sweep file in it.`);
    throw new Unusable(
      `${file} cannot be read: ${error instanceof Error ? error.message : error}.`,
    );
  }
}
