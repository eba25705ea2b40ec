/** What is known around a sweep file: values, handed in by those who may look at the file system. */

import type { ScriptReading } from "../script/reading.js";
import type { Configuration } from "../space/space.js";

export interface Surroundings {
  /** Absent: not looked for yet, or the sweep names none. */
  readonly program?: ProgramFound;
  /** Python files that look like programs, as the sweep file would name them, the likeliest first. */
  readonly programs: readonly string[];
  /** Where the sweep names no program: what the first of `programs` says of itself. */
  readonly likely?: ScriptReading;
  /** Interpreters of virtual environments, relative to the sweep file where they lie below it. */
  readonly interpreters: readonly string[];
  /** What earlier studies of the file tell; absent where there are none. */
  readonly past?: Past;
}

export type ProgramFound =
  /** `path` is absolute, here and below. */
  | { readonly kind: "read"; readonly path: string; readonly reading: ScriptReading }
  /** There, and not Python that can be read. */
  | { readonly kind: "unread"; readonly path: string }
  /**
   * `similar`: files with its name elsewhere in the workspace, as the sweep file would name them.
   * `likely`: the reading of the only one, which is then most likely meant.
   */
  | {
      readonly kind: "missing";
      readonly similar: readonly string[];
      readonly likely?: ScriptReading;
    };

export interface Past {
  readonly study: string;
  /** The median of its completed trials. */
  readonly secondsPerTrial?: number;
  readonly slots: number;
  /** Its completed trials, the best first. */
  readonly best: readonly { readonly number: number; readonly configuration: Configuration }[];
}

export const nothingKnown: Surroundings = { programs: [], interpreters: [] };
