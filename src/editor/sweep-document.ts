/**
 * Whether a YAML file is meant to be a sweep, told from its name or its first lines without parsing:
 * this decides whether the parser is loaded at all.
 */

/** How many lines of a document are looked at; a sweep names its method and program at its head. */
export const linesLookedAt = 200;

const sweepName = /(^|[./\\_-])sweep[^/\\]*\.ya?ml$/i;
const ownKeys = /^(method|sweepdeck)[ \t]*:/m;
// Pipelines and API descriptions have parameters too, but no program beside them.
const parameters = /^parameters[ \t]*:/m;
const program = /^program[ \t]*:/m;

/** `head` is the text, or the first `linesLookedAt` lines of it. */
export function looksLikeSweep(fileName: string, head: string): boolean {
  if (sweepName.test(fileName)) return true;
  return ownKeys.test(head) || (parameters.test(head) && program.test(head));
}
