/** What hover says of the script: its program, its metrics, its options. */
import type { ScriptReading } from "../script/reading.js";
import type { SweepDocument } from "../sweep/parse.js";
import { asPlainText, paragraphs } from "./describe.js";
import { optionOf, readingIn } from "./options.js";
import { parameterEntries } from "./parameter-entries.js";
import { metricFacts, objectivesFirst, yamlValue } from "./practice/practice.js";
import { describeReading, linkTo } from "./reading-words.js";
import { reportsOf, shownName } from "./reports.js";
import type { Surroundings } from "./surroundings.js";

/** Where the program is, and what was understood of it; `written` as the sweep names it. */
export function programMarkdown(written: string, { program }: Surroundings): string {
  switch (program?.kind) {
    case undefined:
      return "";
    case "read":
      return paragraphs([
        `**${asPlainText(written)}**: \`${program.path}\``,
        describeReading(program.reading),
      ]);
    case "unread":
      return paragraphs([
        `**${asPlainText(written)}**: \`${program.path}\``,
        "It is no Python that can be read, so nothing is known of its parameters.",
      ]);
    case "missing":
      return paragraphs([
        `**${asPlainText(written)}** is neither in the sweep's folder nor in one above it.`,
        program.similar.length === 0
          ? ""
          : `Files of that name: ${program.similar.map((path) => `\`${path}\``).join(", ")}.`,
      ]);
  }
}

/** What the script uses for each parameter of the sweep by itself; empty where it is not known. */
export function defaultsMarkdown(document: SweepDocument, around: Surroundings): string {
  if (readingIn(around) === undefined) return "";
  const lines = parameterEntries(document.root).map(({ name }) => {
    const preset = optionOf(document, name, around)?.default;
    return `- \`${name}\`: ${preset === undefined ? "not known" : `\`${yamlValue(preset)}\``}`;
  });
  return lines.length === 0 ? "" : `The script's own:\n${lines.join("\n")}`;
}

/** Which way is better, and where the script reports it. */
export function metricMarkdown(name: string, around: Surroundings): string {
  const { goal, because, split } = metricFacts(name);
  const reading = readingIn(around);
  return paragraphs([
    `**${asPlainText(name)}**${goal === undefined ? "" : `: to ${goal}`}`,
    goal === undefined && split === "unknown" ? "" : `${capital(because)}.`,
    reading === undefined ? "" : reportsInWords(name, reading),
  ]);
}

function reportsInWords(name: string, reading: ScriptReading): string {
  const found = reportsOf(name, reading);
  if (found.length > 0) {
    const lines = found.slice(0, 5).map(({ by, place }) => `- ${linkTo(place)} by \`${by}\``);
    return `Reported at\n${lines.join("\n")}`;
  }
  const { reported, open } = reading.metrics;
  const others = objectivesFirst([...new Set(reported.map(shownName))]).slice(0, 6);
  const known = others.map((other) => `\`${other}\``).join(", ");
  return [
    "Not seen to be reported by the script.",
    known === "" ? "" : `It reports ${known}.`,
    open.length === 0 ? "" : "Others may be: not all of their names could be followed.",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
