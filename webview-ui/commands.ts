/** What can be done to trials, said once for rows, menus, keys and the detail strip. */
import { type BoardState, compareMost, type TrialAction } from "../src/protocol.js";
import type { IconName } from "./icons.js";
import type { Store } from "./store.js";
import { stateOf } from "./table.js";

export interface MenuItem {
  readonly label: string;
  readonly key?: string;
  readonly icon?: IconName;
  readonly disabled?: boolean;
  readonly run: () => void;
}

const ended: readonly BoardState[] = [
  "complete",
  "pruned",
  "failed",
  "out-of-memory",
  "stopped",
  "lost",
];

export function stateOfTrial(store: Store, trial: number): BoardState | undefined {
  const index = store.table?.indexOf.get(trial);
  return index === undefined || store.table === null ? undefined : stateOf(store.table, index);
}

export function isStarred(store: Store, trial: number): boolean {
  const index = store.table?.indexOf.get(trial);
  return index !== undefined && store.table?.rows.starred[index] === 1;
}

export function toggleStar(store: Store, trials: readonly number[]): void {
  const starred = !trials.every((trial) => isStarred(store, trial));
  store.act({ kind: "star", trials: [...trials], starred });
}

export function actOn(store: Store, action: TrialAction, trials: readonly number[]): void {
  if (action === "rerun") store.expectNew();
  if (trials.length > 0) store.act({ kind: "act", action, trials: [...trials] });
}

/** Says what is wrong where too few or too many trials are selected. */
export function compareTrials(store: Store, trials: readonly number[]): void {
  if (trials.length < 2 || trials.length > compareMost) {
    store.complain(`Select 2 to ${compareMost} trials to compare them: ${trials.length} selected.`);
    return;
  }
  store.changePage({ compared: [...trials] });
}

/** The trials that a command on one of them is about: the selection, where it is part of it. */
export function trialsMeant(store: Store, trial: number): number[] {
  const { selected } = store.view;
  return selected.includes(trial) ? [...selected] : [trial];
}

export function trialMenu(store: Store, trial: number, showDetails: () => void): MenuItem[] {
  const trials = trialsMeant(store, trial);
  const many = trials.length > 1 ? ` ${trials.length} Trials` : "";
  const states = trials.map((each) => stateOfTrial(store, each));
  const one = (action: TrialAction) => (): void => actOn(store, action, [trial]);
  return [
    { label: "Show Details", key: "Enter", run: showDetails },
    {
      label: trials.length > 1 ? `Compare ${trials.length} Selected` : "Compare with Best",
      key: "D",
      icon: "compare",
      disabled: trials.length === 1 && bestTrial(store) === trial,
      run: () =>
        compareTrials(store, trials.length > 1 ? trials : [bestTrial(store) ?? trial, trial]),
    },
    {
      label: isStarred(store, trial) ? "Remove Star" : "Star",
      key: "S",
      icon: "star",
      run: () => toggleStar(store, trials),
    },
    { label: "Open Log", key: "L", icon: "log", run: one("openLog") },
    { label: "Show Terminal", key: "T", icon: "terminal", run: one("showTerminal") },
    { label: "Copy Configuration as YAML", key: "C", icon: "copy", run: one("copyYaml") },
    { label: "Copy Command", run: one("copyCommand") },
    {
      label: `Run${many} Again`,
      icon: "rerun",
      disabled: !states.every((state) => state !== undefined && ended.includes(state)),
      run: () => actOn(store, "rerun", trials),
    },
    {
      label: `Stop${many}`,
      key: "Delete",
      icon: "stop",
      disabled: !states.includes("running"),
      run: () => stopTrials(store, trials),
    },
    { label: "Reveal Trial Folder", key: "Ctrl+Enter", run: one("reveal") },
  ];
}

/** Ends those that run; the host asks before it does. */
export function stopTrials(store: Store, trials: readonly number[]): void {
  actOn(
    store,
    "stop",
    trials.filter((trial) => stateOfTrial(store, trial) === "running"),
  );
}

export function bestTrial(store: Store): number | undefined {
  const index = store.table?.ranks.indexOf(1) ?? -1;
  return index < 0 ? undefined : store.table?.rows.numbers[index];
}
