/** What an intent does to the trial that is active. */
import {
  actOn,
  bestTrial,
  compareTrials,
  stopTrials,
  toggleStar,
  trialsMeant,
} from "./commands.js";
import type { Intent } from "./grid-keys.js";
import type { Store } from "./store.js";

/** What the grid lends to its keys. */
export interface GridHands {
  readonly store: () => Store;
  /** The id of the column of the active cell. */
  readonly column: () => string | undefined;
  readonly toggleSelected: (trial: number) => void;
  readonly openDetails: (trial: number) => void;
  readonly openMenu: (trial: number) => void;
}

/** Intents that are about a line; the others are about the grid. */
export type LineIntent = Exclude<Intent, { kind: "move" | "cell" | "select-all" | "clear" }>;

export function trialIntent(intent: LineIntent, trial: number, hands: GridHands): void {
  const store = hands.store();
  switch (intent.kind) {
    case "select":
      hands.toggleSelected(trial);
      break;
    case "enter":
      if (hands.column() === "star") toggleStar(store, [trial]);
      else hands.openDetails(trial);
      break;
    case "menu":
      hands.openMenu(trial);
      break;
    case "reveal":
      actOn(store, "reveal", [trial]);
      break;
    case "stop":
      stopTrials(store, trialsMeant(store, trial));
      break;
    case "letter":
      letterIntent(intent.letter, trial, store);
      break;
    default:
      intent satisfies never;
  }
}

function letterIntent(
  letter: Extract<Intent, { kind: "letter" }>["letter"],
  trial: number,
  store: Store,
): void {
  const trials = trialsMeant(store, trial);
  switch (letter) {
    case "s":
      toggleStar(store, trials);
      break;
    case "l":
      actOn(store, "openLog", [trial]);
      break;
    case "t":
      actOn(store, "showTerminal", [trial]);
      break;
    case "c":
      actOn(store, "copyYaml", [trial]);
      break;
    case "d":
      compareTrials(store, trials.length > 1 ? trials : [bestTrial(store) ?? trial, trial]);
      break;
    default:
      letter satisfies never;
  }
}
