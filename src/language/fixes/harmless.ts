/** The last look at a fix before it is offered: it must cure, and break nothing. */
import { type ParsedSweep, parseSweep, type SweepDocument } from "../../sweep/parse.js";
import { applyEdits } from "../edit.js";
import { keepingComments } from "./comments.js";
import type { Fix } from "./fix.js";

/** What a fix is asked to cure: a finding of any family. */
interface Cured {
  readonly code: string;
}

/** The fix with all comments kept; undefined where it does harm, or leaves the problem. */
export function harmless(parsed: ParsedSweep, finding: Cured, fix: Fix): Fix | undefined {
  if (isWordForWord(parsed.document, fix)) return fix;
  const { text } = parsed.document;
  const edits = keepingComments(text, fix.edits);
  if (edits === undefined) return undefined;
  const after = parseSweep(applyEdits(text, edits));
  const isWhole =
    parsed.sweep === undefined
      ? countOf(after, ofSyntax) <= countOf(parsed, ofSyntax) &&
        countOf(after, ofTheText) <= countOf(parsed, ofTheText)
      : after.sweep !== undefined;
  return isWhole && isCured(parsed, after, finding) ? { ...fix, edits } : undefined;
}

/** Words that take the places of words leave the structure, which needs no second look. */
function isWordForWord({ text }: SweepDocument, { edits }: Fix): boolean {
  const isWord = (written: string) => /^(?:[\w.+-]+|"[\w.+-]*"|'[\w.+-]*')$/.test(written);
  return edits.every(
    ({ range, newText }) => isWord(newText) && isWord(text.slice(range.start, range.end)),
  );
}

/** One of these is no price for another error's cure. */
const ofSyntax: ReadonlySet<string> = new Set(["yaml-syntax", "several-documents"]);

const ofTheText: ReadonlySet<string> = new Set([
  ...["yaml-syntax", "several-documents", "tab-between-words", "duplicate-key", "alias-unknown"],
  ...["anchor-name", "anchor-twice", "merge-not-a-map", "key-not-text", "key-not-a-word"],
]);

/** Other errors may only come into view once a first one is cured; these show at once. */
function countOf({ problems }: ParsedSweep, codes: ReadonlySet<string>): number {
  return problems.filter(({ code }) => codes.has(code)).length;
}

/** Fewer of the kind, with the same words; a family that needs more than the file is not asked. */
function isCured(before: ParsedSweep, after: ParsedSweep, finding: Cured): boolean {
  const identity = identityOf(finding);
  const countIn = ({ problems }: ParsedSweep) =>
    problems.filter((each) => identityOf(each) === identity).length;
  const count = countIn(before);
  return count === 0 || countIn(after) < count;
}

function identityOf(finding: Cured): string {
  const words = Object.entries(finding).filter(([, value]) => typeof value !== "object");
  return JSON.stringify(words);
}
