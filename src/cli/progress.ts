/** A sweep's progress in words: a line that is kept up to date on a terminal, plain lines elsewhere. */
import type { StudyEvent } from "../study/events.js";
import type { Goal, TrialState } from "../study/trial.js";
import { say } from "./output.js";

export interface Progress {
  onEvent(event: StudyEvent): void;
  /** Says something while the line is there. */
  note(sentence: string): void;
  /** Leaves the line, so that words can follow. */
  end(): void;
}

const barWidth = 24;

export function progressOf(goal: Goal, isTerminal: boolean): Progress {
  const counts = new Map<TrialState, number>();
  const running = new Map<number, string>();
  let cap: number | null = null;
  let best: { readonly trial: number; readonly value: number } | undefined;
  let hasLine = false;

  const note = (sentence: string) => {
    clear();
    say(sentence);
    draw();
  };
  const clear = () => {
    if (hasLine) process.stderr.write("\r\u001b[K");
    hasLine = false;
  };
  const draw = () => {
    if (!isTerminal) return;
    clear();
    const width = process.stderr.columns || 80;
    process.stderr.write(line().slice(0, width - 1));
    hasLine = true;
  };
  const line = () => {
    const ended = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const of = cap === null ? "" : `/${cap}`;
    const bar = cap === null ? "" : `${barOf(ended / cap)} `;
    const top = best === undefined ? "" : ` · best ${short(best.value)} (trial ${best.trial})`;
    return `${bar}${ended}${of} trials · ${running.size} running${top}`;
  };
  const ended = (event: Extract<StudyEvent, { type: "trial-ended" }>) => {
    running.delete(event.trial);
    counts.set(event.state, (counts.get(event.state) ?? 0) + 1);
    const isBest = isBetter(goal, event.value, best?.value);
    if (isBest && event.value !== null) best = { trial: event.trial, value: event.value };
    const value = event.value === null ? "" : ` ${short(event.value)}${isBest ? " (best)" : ""}`;
    const time = event.seconds === null ? "" : ` after ${event.seconds.toFixed(1)} s`;
    const why = event.reason === null ? "" : `: ${event.reason}`;
    note(`trial ${event.trial} ${event.state}${value}${time}${why}`);
  };

  return {
    note,
    onEvent: (event) => {
      switch (event.type) {
        case "started":
          cap = event.cap;
          note(`${event.study}: ${event.dir}`);
          break;
        case "trial-started":
        case "trial-adopted":
          running.set(event.trial, event.slot ?? "");
          if (isTerminal) draw();
          else say(`trial ${event.trial} ${event.type.slice("trial-".length)} on ${event.slot}`);
          break;
        case "report":
          break;
        case "trial-ended":
          ended(event);
          break;
        case "draining":
          note(`${event.to === "finished" ? "finishing" : event.to}: ${event.reason}`);
          break;
        case "going-on":
          note("going on");
          break;
        default:
          event satisfies never;
      }
    },
    end: clear,
  };
}

function isBetter(goal: Goal, value: number | null, than: number | undefined): boolean {
  if (value === null) return false;
  return than === undefined || (goal === "maximize" ? value > than : value < than);
}

function barOf(fraction: number): string {
  const full = Math.round(Math.min(1, fraction) * barWidth);
  return `${"━".repeat(full)}${"─".repeat(barWidth - full)}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(5)));
}
