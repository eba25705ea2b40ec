/** `docs/problems.md`: what can be said of a sweep file, from the guide and the examples of the tests. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  type Finding,
  findingsIn,
  fixesOf,
  guideChapters,
  messageOf,
} from "../src/language/findings.js";
import type { GuideEntry } from "../src/language/guide.js";
import {
  afterOf,
  type ProblemFolder,
  problemFolders,
  readBefore,
  sourceOf,
} from "../test/support/problem-folders.js";

const introduction = `# What is said of a sweep file

The editor and \`sweepdeck validate\` say the same, each with a code. An **error** means that the file is no sweep: it is not run. A **warning** is a mistake that nothing else would tell you of. **Info** and **hints** are worth knowing, and may be as you want them.

\`sweepdeck validate --fix\` and the editor's *Fix all* make every change below that is marked as the one that was most likely meant, for errors and warnings.

In the examples carets mark the words in question. This page is written from the tests' own examples: \`npx tsx scripts/write-reference.ts\`.
`;

export function problemsPage(): string {
  const chapters = guideChapters.map(({ title, guide }) => {
    const entries = Object.entries(guide);
    const codes = entries.map(([code]) => `[${code}](#${code})`).join(" · ");
    const sections = entries.map(([code, entry]) => section(code, entry));
    return `## ${title}\n\n${codes}\n\n${sections.join("\n")}`;
  });
  return `${introduction}\n${chapters.join("\n")}`;
}

function section(code: string, { title, why, cure }: GuideEntry): string {
  const folders = problemFolders.filter((each) => each.code === code);
  const folder = folders.find(({ name }) => name === code) ?? folders[0];
  const example = folder === undefined ? "" : exampleOf(folder);
  return `### ${code}\n\n**${title}.** ${why}\n\n${cure}\n\n${example}`;
}

function exampleOf(folder: ProblemFolder): string {
  const { parsed, around } = readBefore(folder);
  const found = findingsIn(parsed, around).find(({ code }) => code === folder.code);
  if (found === undefined) return "";
  const parts = [
    `> ${capital(found.severity)}: ${messageOf(found)}`,
    ...scriptsOf(folder).map(({ name, text }) => block("python", `# ${name}\n${text}`)),
    block("yaml", sourceOf(folder)),
    ...cureOf(folder, fixesOf(parsed, found)),
  ];
  return `${parts.join("\n\n")}\n`;
}

function cureOf(folder: ProblemFolder, fixes: ReturnType<typeof fixesOf>): readonly string[] {
  const after = afterOf(folder);
  const [fix, ...others] = fixes;
  if (after === undefined || fix === undefined) return [];
  const sure = fix.isPreferred ? "" : " (if that is meant)";
  const alternatives = others.map(({ title }) => `*${title}*`).join(", ");
  const also = alternatives === "" ? "" : `\n\nAlso offered: ${alternatives}.`;
  const changed = changedLines(readBefore(folder).text, after);
  const gives = changed === "" ? "leaves these lines out." : `gives\n\n${block("yaml", changed)}`;
  return [`*${fix.title}*${sure} ${gives}${also}`];
}

/** The lines of `after` between what it has in common with `before` at its start and at its end. */
function changedLines(before: string, after: string): string {
  const [from, to] = [before.split("\n"), after.split("\n")];
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < shorter - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  return to.slice(start, to.length - end).join("\n");
}

function scriptsOf({ beforeFile }: ProblemFolder): readonly { name: string; text: string }[] {
  const folder = path.dirname(beforeFile);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".py"))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), "utf8") }));
}

/** Without what no page can show, and lines that no reader wants to the end. */
function block(language: string, text: string): string {
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => (line.length > 110 ? `${line.slice(0, 60)}…` : line));
  return `\`\`\`${language}\n${lines.join("\n").replaceAll("\u0007", "␇")}\n\`\`\``;
}

function capital(severity: Finding["severity"]): string {
  return severity.charAt(0).toUpperCase() + severity.slice(1);
}
