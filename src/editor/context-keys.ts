/**
 * What the menus' when-clauses ask (is this file a sweep, are there studies, does one run), and the
 * steps of the walkthrough that are done.
 */
import * as vscode from "vscode";
import type { Log } from "./log.js";
import { Owner } from "./owner.js";
import type { Studies } from "./studies.js";
import { activeSweep } from "./sweep-files.js";

/** A step of the walkthrough that was just done; it stays done. */
export function markDone(step: "tried" | "compared", log: Log): void {
  log.handOver("Marking a step of the walkthrough", setContext(step, true));
}

function setContext(key: string, value: boolean): Thenable<unknown> {
  return vscode.commands.executeCommand("setContext", `sweepdeck.${key}`, value);
}

export function keepContextKeys(studies: Studies, log: Log): vscode.Disposable {
  const owner = new Owner();
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean) => {
    if (known.get(key) === value) return;
    known.set(key, value);
    log.handOver("Setting a context key", setContext(key, value));
  };
  const lookAtEditor = () => {
    const isSweep = activeSweep() !== undefined;
    set("isSweep", isSweep);
    if (isSweep) set("sweepOpened", true);
  };
  const lookAtStudies = () => {
    const { all } = studies;
    set("hasStudies", all.length > 0);
    if (all.some(({ trials }) => trials.length > 0)) set("ran", true);
    set(
      "isRunning",
      all.some(({ state, conductor }) => state === "running" || conductor !== "nobody"),
    );
    set(
      "isResumable",
      all.some(({ state, conductor }) => state !== "finished" && conductor === "nobody"),
    );
  };
  owner.own(vscode.window.onDidChangeActiveTextEditor(lookAtEditor));
  owner.own(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) lookAtEditor();
    }),
  );
  owner.own(studies.onDidChange(lookAtStudies));
  lookAtEditor();
  lookAtStudies();
  return owner;
}
