/** The tree of studies: what each slot does now, the ten best trials, and those that failed. */
import * as vscode from "vscode";
import type { BoardState } from "../protocol.js";
import { rankTrials } from "../study/ranking.js";
import type { Trial } from "../study/trial.js";
import { boardStateOf } from "./board/boardRows.js";
import { plural } from "./board/headline.js";
import { progressOf } from "./board/progress.js";
import type { Log } from "./log.js";
import { Owner } from "./owner.js";
import type { Studies } from "./studies.js";
import type { StudyPicture } from "./study-picture.js";
import { configurationText, standingText, stateText, valueText } from "./study-text.js";

/** What the rows of the tree are; commands are called with them. */
export type StudyNode =
  | { readonly kind: "study"; readonly study: string }
  | {
      readonly kind: "slot";
      readonly study: string;
      readonly slot: string;
      readonly trial?: number;
    }
  /** The trials that failed and were not rerun. */
  | { readonly kind: "failures"; readonly study: string }
  | { readonly kind: "trial"; readonly study: string; readonly trial: number };

const shownTrials = 10;

export class StudyTree implements vscode.TreeDataProvider<StudyNode>, vscode.Disposable {
  readonly #studies: Studies;
  readonly #log: Log;
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  #discovery: Promise<void> | undefined;

  constructor(studies: Studies, log: Log) {
    this.#studies = studies;
    this.#log = log;
    this.#owner.own(studies.onDidChange(() => this.#changed.fire(undefined)));
  }

  /** The first time that the tree is shown, the whole workspace is looked through. */
  discover(): void {
    if (this.#discovery !== undefined) return;
    this.#discovery = this.#studies.discover();
    this.#log.handOver("Looking for studies", this.#discovery);
  }

  getChildren(node?: StudyNode): StudyNode[] {
    if (node === undefined) {
      this.discover();
      return this.#studies.all.map(({ key }) => ({ kind: "study", study: key }));
    }
    const study = this.#studies.study(node.study);
    if (study === undefined) return [];
    if (node.kind === "failures") return failureNodes(study);
    return node.kind === "study"
      ? [...slotNodes(study), ...trialNodes(study), ...failuresNode(study)]
      : [];
  }

  getParent(node: StudyNode): StudyNode | undefined {
    const { kind, study: key } = node;
    if (kind === "study") return undefined;
    const study = this.#studies.study(key);
    const failed =
      kind === "trial" &&
      study !== undefined &&
      failureNodes(study).some(({ trial }) => trial === node.trial);
    return { kind: failed ? "failures" : "study", study: key };
  }

  getTreeItem(node: StudyNode): vscode.TreeItem {
    const study = this.#studies.study(node.study);
    if (study === undefined) return new vscode.TreeItem("");
    switch (node.kind) {
      case "study":
        return studyItem(study, this.#studies.all[0] === study);
      case "slot":
        return slotItem(study, node.slot, trialOf(study, node.trial));
      case "failures":
        return failuresItem(study);
      case "trial":
        return trialItem(study, trialOf(study, node.trial));
      default:
        return node satisfies never;
    }
  }

  dispose(): void {
    this.#owner.dispose();
  }
}

function slotNodes(study: StudyPicture): StudyNode[] {
  return study.slots.map((slot): StudyNode => {
    const trial = study.trials.find((one) => one.state === "running" && one.slot === slot);
    const place = { kind: "slot" as const, study: study.key, slot };
    return trial === undefined ? place : { ...place, trial: trial.number };
  });
}

function trialNodes({ key, objective, trials }: StudyPicture): StudyNode[] {
  const best =
    objective === null
      ? trials.filter(({ state }) => state !== "running" && state !== "failed").toReversed()
      : rankTrials(trials, objective.goal, objective.others).flatMap(({ trial, rank }) =>
          rank === null ? [] : [trial],
        );
  return best
    .slice(0, shownTrials)
    .map(({ number }) => ({ kind: "trial", study: key, trial: number }));
}

function failuresNode(study: StudyPicture): StudyNode[] {
  return failureNodes(study).length === 0 ? [] : [{ kind: "failures", study: study.key }];
}

function failureNodes(study: StudyPicture): Extract<StudyNode, { kind: "trial" }>[] {
  return progressOf(study).failures.map(({ number }) => ({
    kind: "trial",
    study: study.key,
    trial: number,
  }));
}

function failuresItem(study: StudyPicture): vscode.TreeItem {
  const count = failureNodes(study).length;
  const item = new vscode.TreeItem(`${count} failed`, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${study.key} failures`;
  item.iconPath = new vscode.ThemeIcon("error");
  item.contextValue = "failures";
  item.tooltip = `${plural(count, "trial")} of ${study.name} failed and ${count === 1 ? "was" : "were"} not rerun.`;
  return item;
}

function trialOf(study: StudyPicture, number: number | undefined): Trial | undefined {
  return number === undefined ? undefined : study.trials[number];
}

function studyItem(study: StudyPicture, isNewest: boolean): vscode.TreeItem {
  const isOpen = isNewest || study.state === "running";
  const item = new vscode.TreeItem(
    study.name,
    isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.id = study.key;
  item.description = [folderText(study), standingText(study)].filter(Boolean).join(" · ");
  item.tooltip = study.reason ?? standingText(study);
  item.iconPath = new vscode.ThemeIcon(studyIcon(study));
  // What the menus' when-clauses look at: `study running here`.
  item.contextValue = `study ${study.state} ${study.conductor}`;
  return item;
}

/** The workspace folder, where there are several. */
function folderText({ sweepFile }: StudyPicture): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length < 2) return "";
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(sweepFile))?.name ?? "";
}

function studyIcon(study: StudyPicture): string {
  const { state, conductor } = study;
  switch (state) {
    case "running":
      return conductor === "nobody" ? "debug-disconnect" : "sync~spin";
    case "paused":
      return "debug-pause";
    case "finished":
      return progressOf(study).failures.length > 0 ? "warning" : "pass";
    case "interrupted":
      return "circle-slash";
    default:
      return state satisfies never;
  }
}

function slotItem(study: StudyPicture, slot: string, trial: Trial | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(slot);
  item.id = `${study.key} slot ${slot}`;
  item.iconPath = new vscode.ThemeIcon("server-process");
  item.contextValue = trial === undefined ? "slot idle" : "slot trial running";
  if (trial === undefined) {
    item.description = "idle";
    return item;
  }
  item.description = [
    `trial ${trial.number}`,
    valueText(study, trial),
    configurationText(study.space, trial.configuration),
  ]
    .filter(Boolean)
    .join(" · ");
  item.tooltip = item.description;
  item.command = revealing(study, trial);
  return item;
}

function trialItem(study: StudyPicture, trial: Trial | undefined): vscode.TreeItem {
  if (trial === undefined) return new vscode.TreeItem("");
  const state = boardStateOf(trial);
  const item = new vscode.TreeItem(`Trial ${trial.number}`);
  item.id = `${study.key} trial ${trial.number}`;
  item.description = [
    valueText(study, trial),
    trial.state === "failed" ? trial.reason : null,
    configurationText(study.space, trial.configuration),
  ]
    .filter(Boolean)
    .join(" · ");
  item.tooltip = [
    stateText(trial),
    item.description,
    trial.state === "failed" ? null : trial.reason,
  ]
    .filter(Boolean)
    .join("\n");
  item.iconPath = new vscode.ThemeIcon(trialIcons[state]);
  item.contextValue = `trial ${trial.state}`;
  item.command = revealing(study, trial);
  item.accessibilityInformation = { label: `Trial ${trial.number}, ${item.tooltip}` };
  return item;
}

function revealing(study: StudyPicture, trial: Trial): vscode.Command {
  return {
    title: "Show in Leaderboard",
    command: "sweepdeck.openBoard",
    arguments: [{ study: study.key, trial: trial.number }],
  };
}

const trialIcons: Readonly<Record<BoardState, string>> = {
  complete: "pass",
  pruned: "debug-step-over",
  failed: "error",
  "out-of-memory": "error",
  stopped: "circle-slash",
  lost: "question",
  running: "sync~spin",
  paused: "debug-pause",
  waiting: "circle-outline",
};
