import type { BoardStudy } from "../../../../src/editor/board/boardHost.js";
import type { Trial } from "../../../../src/study/trial.js";

/** What tests ask of the extension's side of the page, as `fakeHost` on its window. */
export interface FakeHost {
  /** What the page asked to be done, oldest first: `stop 36`, `openDiff 22 17`. */
  readonly asked: readonly string[];
  change(trial: number, change: Partial<Trial>): void;
  /** Another trial at the end, made like one that is there. */
  add(like: number, change: Partial<Trial>): void;
  replace(change: Partial<BoardStudy>): void;
  /** From now on everything asked for is refused with this sentence; null: nothing is. */
  refuse(message: string | null): void;
  die(): void;
  /** Another instance of the host comes back. */
  comeBack(): void;
  reveal(trial: number): void;
}
