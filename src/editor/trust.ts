/** Whether trials may run here at all; asked before anything is created or executed. */
import * as vscode from "vscode";
import { Refusal } from "./refusal.js";

/** @throws Refusal in Restricted Mode, and on native Windows */
export function assertMayRun(): void {
  if (!vscode.workspace.isTrusted) {
    // No stable API asks for trust: this leads to where it is given.
    throw new Refusal(
      "Running a sweep executes code of this workspace, and the workspace is not trusted. Trust it to run; writing and checking sweeps works without.",
      [{ title: "Manage Workspace Trust", command: "workbench.trust.manage" }],
    );
  }
  if (process.platform === "win32") {
    throw new Refusal(
      "Trials run on Linux and macOS. Open this folder in WSL or over Remote-SSH to run its sweeps; writing and reading them works here.",
    );
  }
}
