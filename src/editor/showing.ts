/** Showing what studies hold: logs, terminals, diffs, text; nothing here runs or changes anything. */
import { existsSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { csvLines } from "../study/export.js";
import type { Trial } from "../study/trial.js";
import { isBoard } from "./board/boardPanel.js";
import { leaderboardUri, previewUri, trialUri } from "./documents.js";
import { Dismissed, Refusal } from "./refusal.js";
import type { Studies } from "./studies.js";
import type { StudyPicture } from "./study-picture.js";
import { configurationYaml } from "./study-text.js";
import { terminalOf } from "./terminals.js";
import { commandLine, logFileOf, newestPlace } from "./trial-files.js";

export interface Showing {
  openDiff(key: string, left: number, right: number): Promise<void>;
  openLog(key: string, trial: number): Promise<void>;
  showTerminal(key: string, trial: number): Promise<void>;
  copyCommand(key: string, trials: readonly number[]): Promise<void>;
  copyYaml(key: string, trials: readonly number[]): Promise<void>;
  openConfiguration(key: string, trial: number): Promise<void>;
  /** Shows the trial's folder in the explorer. */
  revealTrial(key: string, trial: number): Promise<void>;
  revealStudy(key: string): Promise<void>;
  openSweep(key: string): Promise<void>;
  openAsText(key: string): Promise<void>;
  preview(sweepFile: string): Promise<void>;
  exportCsv(key: string): Promise<void>;
  configurationYaml(key: string, trial: number): string;
}

export function createShowing(studies: Studies): Showing {
  const studyOf = (key: string): StudyPicture => {
    const study = studies.study(key) ?? studies.add(key);
    if (study === undefined) throw new Refusal(`The study ${key} is gone.`);
    return study;
  };
  const trialOf = (key: string, number: number): Trial => {
    const study = studyOf(key);
    const trial = study.trials[number];
    if (trial === undefined) throw new Refusal(`${study.name} has no trial ${number}.`);
    return trial;
  };
  const yamlOf = (key: string, trial: number): string =>
    configurationYaml(studyOf(key).space, trialOf(key, trial).configuration);

  return {
    async openDiff(key, left, right) {
      const title = `Trial ${left} ↔ Trial ${right} (${studyOf(key).name})`;
      await vscode.commands.executeCommand(
        "vscode.diff",
        trialUri(key, left),
        trialUri(key, right),
        title,
        { viewColumn: besideBoard() },
      );
    },

    async openLog(key, trial) {
      const place = newestPlace(key, trial);
      const file = place === undefined ? undefined : logFileOf(place);
      if (file === undefined || !existsSync(file)) {
        throw new Refusal(`Trial ${trial} has printed nothing: it has not started.`);
      }
      await show(vscode.Uri.file(file));
    },

    async showTerminal(key, trial) {
      const terminal = await terminalOf(key, trial);
      if (terminal === undefined) {
        throw new Refusal(
          `Trial ${trial} shows in no terminal of this window. Its log has all it printed.`,
          [{ title: "Open Log", command: "sweepdeck.openLog", arguments: [{ study: key, trial }] }],
        );
      }
      terminal.show();
    },

    async copyCommand(key, trials) {
      const lines = trials.flatMap((trial) => {
        const place = newestPlace(key, trial);
        const line = place === undefined ? null : commandLine(place);
        return line === null ? [] : [line];
      });
      if (lines.length === 0)
        throw new Refusal("There is no command yet: the trial has not started.");
      await vscode.env.clipboard.writeText(lines.join("\n"));
    },

    async copyYaml(key, trials) {
      const texts = trials.map((trial) => yamlOf(key, trial));
      await vscode.env.clipboard.writeText(texts.join("---\n"));
    },

    openConfiguration: (key, trial) => show(trialUri(key, trial)),

    async revealTrial(key, trial) {
      const directory = newestPlace(key, trial)?.trialDirectory ?? key;
      await vscode.commands.executeCommand("revealInExplorer", vscode.Uri.file(directory));
    },

    async revealStudy(key) {
      const journal = vscode.Uri.file(path.join(key, "journal.log"));
      await vscode.commands.executeCommand("revealInExplorer", journal);
    },

    async openSweep(key) {
      const { sweepFile } = studyOf(key);
      if (!existsSync(sweepFile))
        throw new Refusal(`${sweepFile} is gone; the study runs from its own copy.`);
      await show(vscode.Uri.file(sweepFile));
    },

    openAsText: (key) => show(leaderboardUri(key)),
    preview: (sweepFile) => show(previewUri(sweepFile)),

    async exportCsv(key) {
      const { name, objective, space, sweepFile, trials } = studyOf(key);
      const beside = vscode.Uri.file(path.join(path.dirname(sweepFile), `${name}.csv`));
      const target = await vscode.window.showSaveDialog({
        defaultUri: beside,
        filters: { "Comma-separated values": ["csv"] },
      });
      if (target === undefined) throw new Dismissed();
      const text = [...csvLines(space, objective?.name ?? null, trials, Date.now())].join("");
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
      await show(target);
    },

    configurationYaml: yamlOf,
  };
}

async function show(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(uri, { preview: true, viewColumn: besideBoard() });
}

/** The active group, unless a board is what is active: nothing that it opens covers it. */
function besideBoard(): vscode.ViewColumn {
  const { activeTabGroup: active, all } = vscode.window.tabGroups;
  if (active.activeTab === undefined || !isBoard(active.activeTab)) return vscode.ViewColumn.Active;
  return all.find((group) => group !== active)?.viewColumn ?? vscode.ViewColumn.Beside;
}
