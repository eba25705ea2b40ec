/** What the editor and the command line each bring to the engine that they share. */
import type { Program } from "../study/claim.js";

/** How the runner of a slot is started: a process to be run as it is, without a shell. */
export interface RunnerStart {
  readonly studyDirectory: string;
  readonly slot: { readonly index: number; readonly name: string };
  /** The bundled `runner.js`, to be run by this process's own Node. */
  readonly runnerFile: string;
}

export interface FrontDoor {
  readonly program: Program;
  /** As written into stop files and requests: `the editor`, `the command line`. */
  readonly by: string;
  /** The folder of the bundles, `dist`: beside it lies `media`. */
  readonly home: string;
  /** The Python that the user has set, and the one chosen in the Python extension. */
  readonly python: { readonly setting?: string; readonly chosen?: string };
  /** What runners are started with; trials inherit it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Resolves with how it ended when the runner has ended, or never: its own files tell the truth. */
  startRunner(start: RunnerStart): Promise<string>;
}
