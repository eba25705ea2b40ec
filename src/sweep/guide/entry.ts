/** What `docs/problems.md` says of a problem beside its message. */

export interface GuideEntry {
  /** What is wrong, as a heading; no full stop. */
  readonly title: string;
  /** What comes of it, and how it comes about. */
  readonly why: string;
  /** What to do. */
  readonly cure: string;
}

/** An entry for each code of a family of problems. */
export type Guide<Code extends string> = Readonly<Record<Code, GuideEntry>>;
