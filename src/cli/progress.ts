/** A sweep's progress in words: a line that is kept up to date on a terminal, plain lines elsewhere. */
import type { StudyEvent } from "../study/events.js";
import { bestTrial } from "../study/ranking.js";
import { type Goal, isFinished, type Trial } from "../study/trial.js";
import { say } from "./output.js";

export interface Progress {
  onEvent(event: StudyEvent): void;
  /** Says something while the line is there. */
  note(sentence: string): void;
  /** Leaves the line, so that words can follow. */
  end(): void;
}

const headingWord = { finished: "finishing", paused: "pausing", interrupted: "stopping" } as const;

const barWidth = 24;

/** `before` are the study's trials as they stood when it was taken up. */
export function progressOf(goal: Goal, before: readonly Trial[], isTerminal: boolean): Progress {
  const running = new Set<number>();
  // What was stopped with its sweep is run again, and counts then.
  let endings = before.filter(({ state }) => isFinished(state) && state !== "stopped").length;
  let cap: number | null = null;
  let best: Pick<Trial, "number" | "value"> | undefined = bestTrial(before, goal);
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
    const of = cap === null ? "" : `/${cap}`;
    const bar = cap === null ? "" : `${barOf(endings / cap)} `;
    const top = best?.value == null ? "" : ` · best ${short(best.value)} (trial ${best.number})`;
    return `${bar}${endings}${of} trials · ${running.size} running${top}`;
  };
  const ended = (event: Extract<StudyEvent, { type: "trial-ended" }>) => {
    running.delete(event.trial);
    endings += 1;
    // What a rule has stopped is not what the sweep has found.
    const isBest = event.state === "complete" && isBetter(goal, event.value, best?.value);
    if (isBest) best = { number: event.trial, value: event.value };
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
          running.add(event.trial);
          if (isTerminal) draw();
          else say(`trial ${event.trial} ${event.type.slice("trial-".length)} on ${event.slot}`);
          break;
        case "report":
          break;
        case "trial-ended":
          ended(event);
          break;
        case "draining":
          // With nothing left to wait for, the last words of the sweep say it.
          if (running.size > 0) note(`${headingWord[event.to]}: ${event.reason}`);
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

function isBetter(goal: Goal, value: number | null, than: number | null | undefined): boolean {
  if (value === null) return false;
  return than == null || (goal === "maximize" ? value > than : value < than);
}

function barOf(fraction: number): string {
  const full = Math.round(Math.min(1, fraction) * barWidth);
  return `${"━".repeat(full)}${"─".repeat(barWidth - full)}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(5)));
}
