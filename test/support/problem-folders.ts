/**
 * The examples of problems: `test/fixtures/problems/<code>[.<variant>]/` holds a sweep file with
 * the problem, `before.yaml`, and what its best fix makes of it, `after.yaml`, where it has one. The
 * script that they are about lies beside them, where one matters.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { surroundingsOf } from "../../src/engine/surroundings.js";
import { nothingKnown, type Surroundings } from "../../src/language/surroundings.js";
import { type ParsedSweep, parseSweep } from "../../src/sweep/parse.js";
import { withoutAnnotations } from "./annotations.js";

const root = path.resolve(import.meta.dirname, "../fixtures/problems");

export interface ProblemFolder {
  readonly name: string;
  readonly code: string;
  readonly beforeFile: string;
  readonly afterFile: string;
}

export const problemFolders: readonly ProblemFolder[] = readdirSync(root).map((name) => ({
  name,
  code: name.replace(/\..*$/, ""),
  beforeFile: path.join(root, name, "before.yaml"),
  afterFile: path.join(root, name, "after.yaml"),
}));

/** `before.yaml` with its annotations. */
export function sourceOf({ beforeFile }: ProblemFolder): string {
  return readFileSync(beforeFile, "utf8");
}

/** Undefined where nothing can be done for the user. */
export function afterOf({ afterFile }: ProblemFolder): string | undefined {
  return existsSync(afterFile) ? readFileSync(afterFile, "utf8") : undefined;
}

export interface ReadExample {
  readonly text: string;
  readonly parsed: ParsedSweep;
  readonly around: Surroundings;
}

export function readBefore(folder: ProblemFolder): ReadExample {
  return readIn(folder, withoutAnnotations(sourceOf(folder)));
}

/** A text in the place of `before.yaml`; nothing is known around it where no script lies there. */
export function readIn({ beforeFile }: ProblemFolder, text: string): ReadExample {
  const parsed = parseSweep(text);
  const folder = path.dirname(beforeFile);
  const hasScript = readdirSync(folder, { recursive: true }).some((file) =>
    /\.py$/.test(String(file)),
  );
  const around = hasScript ? surroundingsOf(beforeFile, parsed, { root: folder }) : nothingKnown;
  return { text, parsed, around };
}
