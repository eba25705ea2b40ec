/**
 * What is left to others where another YAML tool reads the same file, so that nothing is shown
 * twice. `docs/beside-other-extensions.md` says what each of them shows.
 */
import type { Finding } from "./findings.js";

/** What every reader of YAML complains of; it is said better by one of them than by two. */
const saidByEveryone: ReadonlySet<Finding["code"]> = new Set([
  "yaml-syntax",
  "duplicate-key",
  "alias-unknown",
  "tag-unsupported",
]);

/** Zero-based, both included. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/** Whether another reader of YAML will say it too, where there is one. */
export function isSaidByEveryone({ code }: Finding): boolean {
  return saidByEveryone.has(code);
}

/**
 * The findings without those that another tool has marked on the same lines. Its own marks cannot
 * be taken away, and what it did not see must still be said by somebody: PyYAML, and so W&B, refuses
 * files that other readers accept.
 */
export function withoutEchoes(
  findings: readonly Finding[],
  linesOf: (finding: Finding) => Lines,
  markedByOthers: readonly Lines[],
): readonly Finding[] {
  return findings.filter((finding) => {
    if (!isSaidByEveryone(finding)) return true;
    const lines = linesOf(finding);
    return !markedByOthers.some(({ start, end }) => start <= lines.end && lines.start <= end);
  });
}
