/** What the editor and the command line each bring to the engine that they share. */
import type { Program } from "../study/claim.js";

/** How the runner of a slot is started: a process to be run as it is, without a shell. */
export interface RunnerStart {
  readonly studyDirectory: string;
  readonly slot: { readonly index: number; readonly name: string };
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

export interface FrontDoor {
  readonly program: Program;
  /** As written into stop files and requests: `the editor`, `the command line`. */
  readonly by: string;
  /** The folder of `runner.js`; the Python helper lies in `../media/python` of it. */
  readonly home: string;
  /** The Python that the user has set, and the one chosen in the Python extension. */
  readonly python: { readonly setting?: string; readonly chosen?: string };
  /** Has the runner of a slot started. It need not say whether it did: the runner's own file does. */
  startRunner(start: RunnerStart): void;
}
