/** The command line as a front door of the engine. */
import path from "node:path";
import type { FrontDoor } from "../engine/front-door.js";
import { spawnRunner } from "../run/spawnRunner.js";

export function commandLineDoor(python: string | undefined): FrontDoor {
  return {
    program: "cli",
    by: "the command line",
    home: import.meta.dirname,
    python: python === undefined ? {} : { setting: path.resolve(python) },
    environment: process.env,
    startRunner: ({ studyDirectory, slot, runnerFile }) =>
      spawnRunner({ studyDirectory, runnerFile })(slot),
  };
}

export const pythonOption = {
  type: "string",
  value: "PATH",
  about: "the Python that runs the trials (else: the active or nearest environment)",
} as const;
