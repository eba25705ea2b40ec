/** The command line as a front door of the engine. */
import path from "node:path";
import type { FrontDoor } from "../engine/front-door.js";
import { spawnRunner } from "../run/spawnRunner.js";

export function commandLineDoor(python: string | undefined): FrontDoor {
  return {
    program: "cli",
    by: "the command line",
    home: import.meta.dirname,
    python: python === undefined ? {} : { setting: fromHere(python) },
    environment: process.env,
    startRunner: ({ studyDirectory, slot, runnerFile }) =>
      spawnRunner({ studyDirectory, runnerFile })(slot),
  };
}

/** A path is meant from the current folder, a name is looked for on PATH. */
function fromHere(python: string): string {
  return python.includes("/") ? path.resolve(python) : python;
}

export const pythonOption = {
  type: "string",
  value: "PATH",
  about: "the Python that runs the trials (else: the active or nearest environment)",
} as const;
