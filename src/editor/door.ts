/** The editor as a front door of the engine: its runners are tasks. */
import type { FrontDoor } from "../engine/front-door.js";
import { pythonFor } from "./python.js";
import type { SweepTasks } from "./tasks.js";

/** @param home the folder of the bundles */
export async function editorDoor(
  home: string,
  tasks: SweepTasks,
  sweepFile: string,
): Promise<FrontDoor> {
  return {
    program: "editor",
    by: "the editor",
    home,
    python: await pythonFor(sweepFile),
    environment: process.env,
    startRunner: (start) => tasks.startSlot(start, sweepFile),
  };
}
