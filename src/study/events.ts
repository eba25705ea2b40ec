/** What a conductor tells those who watch it: the command line prints these, one a line, with `--json`. */
import type { Configuration } from "../space/space.js";
import type { TrialState } from "./trial.js";

export type Counts = Readonly<Record<TrialState, number>>;

export type StudyEvent =
  | {
      readonly type: "started";
      readonly study: string;
      readonly dir: string;
      readonly slots: readonly string[];
      /** Null for a sweep without an end. */
      readonly cap: number | null;
    }
  | {
      readonly type: "trial-started" | "trial-adopted";
      readonly trial: number;
      readonly slot: string | null;
      readonly configuration: Configuration;
    }
  | {
      readonly type: "report";
      readonly trial: number;
      readonly step: number;
      readonly value: number;
    }
  | {
      readonly type: "trial-ended";
      readonly trial: number;
      readonly state: TrialState;
      readonly value: number | null;
      readonly reason: string | null;
      readonly seconds: number | null;
    }
  | {
      readonly type: "draining";
      readonly to: "paused" | "finished" | "interrupted";
      readonly reason: string;
    }
  | { readonly type: "going-on" };

/** How conducting came to its end, for this conductor. */
export type Outcome =
  | { readonly state: "finished" | "interrupted"; readonly reason: string }
  | {
      readonly state: "paused";
      readonly reason: string;
      readonly because: "asked" | "failures" | "slots" | "disk" | "launch" | "deleted" | "journal";
    }
  /** The study runs on under another conductor, or waits for one. */
  | { readonly state: "left" | "overtaken"; readonly reason: string };
