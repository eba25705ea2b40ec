/** The files that a sweep names, as links: its program, and words of its command. */
import type { SweepDocument } from "../sweep/parse.js";
import { type TextNode, type TextRange, textOf, valueAt } from "../sweep/tree.js";
import type { Surroundings } from "./surroundings.js";

export interface Link {
  readonly range: TextRange;
  /** As the surroundings name the file. */
  readonly path: string;
  readonly tooltip: string;
}

/** Only files that are known to be there. */
export function linksOf({ text, root }: SweepDocument, around: Surroundings): readonly Link[] {
  return [...programLinks(root, around), ...commandLinks(text, root, around)];
}

function programLinks(root: TextNode | undefined, { program }: Surroundings): readonly Link[] {
  const node = valueAt(root, "program");
  if (node === undefined || program === undefined || program.kind === "missing") return [];
  if (textOf(node) === undefined || node.range.end === node.range.start) return [];
  return [{ range: node.range, path: program.path, tooltip: "Open the training script" }];
}

function commandLinks(
  text: string,
  root: TextNode | undefined,
  around: Surroundings,
): readonly Link[] {
  const command = valueAt(root, "command");
  if (command?.kind !== "list") return [];
  const known = filesKnown(around);
  return command.items.flatMap((word) => {
    if (word.kind !== "scalar") return [];
    // A file may stand behind the name of its option: `--config=base.yaml`.
    const file = word.source.slice(word.source.indexOf("=") + 1);
    const path = known.find((each) => isSameFile(each, file));
    const at = text.slice(word.range.start, word.range.end).lastIndexOf(file);
    if (path === undefined || at < 0) return [];
    const start = word.range.start + at;
    return [{ range: { start, end: start + file.length }, path, tooltip: "Open the file" }];
  });
}

function filesKnown({ program, programs, interpreters }: Surroundings): readonly string[] {
  const read = program?.kind === "read" ? program.reading.files : [];
  return [...read, ...programs, ...interpreters];
}

/** What the surroundings know may be known by a longer path. */
function isSameFile(known: string, written: string): boolean {
  const file = written.replace(/^\.\//, "");
  return /\.\w+$|\/python[\d.]*$/.test(file) && (known === file || known.endsWith(`/${file}`));
}
