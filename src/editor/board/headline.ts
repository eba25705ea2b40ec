/** What the board says of its study in words: the headline, the notice, the empty table. */
import {
  type BoardState,
  boardStates,
  type Header,
  type NumberFormat,
  numberText,
  type Sentence,
  type StudyAction,
} from "../../protocol.js";
import type { BoardStudy } from "./boardHost.js";
import type { BoardRow } from "./boardRows.js";
import { endedText, type Progress, progressOf } from "./progress.js";

/** How many trials must have ended before their length says anything of the rest. */
const estimateFrom = 2;
/** The latest of them say most of those to come. */
const estimateBy = 100;

export interface Standing {
  readonly rows: readonly BoardRow[];
  /** The best trial, where one is ranked. */
  readonly best: BoardRow | null;
  readonly format: NumberFormat;
  readonly now: number;
}

type Phase = "running" | "unattended" | "paused" | "interrupted" | "finished" | "failed";

/** What is going on, of which a crash may have left `running` on disk and nobody there. */
export function phaseOf(study: BoardStudy, rows: readonly BoardRow[]): Phase {
  const running = rows.some((row) => row.state === "running");
  if (study.state === "running") return study.conductor === "nobody" ? "unattended" : "running";
  const ended = rows.length > 0 && !running;
  const useless = rows.every((row) => row.state === "failed" || row.state === "out-of-memory");
  if (study.state === "finished" && ended && useless) return "failed";
  return study.state;
}

/** How many draws are left; null where nothing ends the sweep. */
export function remainingOf(study: BoardStudy): number | null {
  if (study.cap === null) return null;
  return study.state === "finished" ? 0 : Math.max(0, study.cap - study.draws);
}

/** The queue's line; null where nothing is queued. */
export function queueText(study: BoardStudy, rows: readonly BoardRow[]): string | null {
  const remaining = remainingOf(study);
  if (remaining === null || remaining === 0) return null;
  const next = (rows.at(-1)?.trial.number ?? -1) + 1;
  switch (phaseOf(study, rows)) {
    case "running":
      return `${remaining} queued · next: trial ${next} when a slot is free`;
    case "paused":
      return `${remaining} queued · they start when the sweep is resumed`;
    default:
      return `${remaining} not started · resume the sweep to run them`;
  }
}

export function countsOf(
  rows: readonly BoardRow[],
  remaining: number | null,
): { state: BoardState; count: number }[] {
  const counts = new Map<BoardState, number>();
  for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
  if (remaining !== null) counts.set("waiting", (counts.get("waiting") ?? 0) + remaining);
  return boardStates.flatMap((state) => {
    const count = counts.get(state) ?? 0;
    return count === 0 ? [] : [{ state, count }];
  });
}

type Part = Sentence[number];
const say = (text: string): Part => ({ text, trial: null });

export function headline(study: BoardStudy, standing: Standing): Sentence {
  const { rows } = standing;
  const phase = phaseOf(study, rows);
  if (rows.length === 0 && phase === "running") return [say("Starting the first trials")];
  const parts: Part[] = [say(phaseWords(phase, study, rows))];
  const running = runningText(study, rows);
  if (running !== null) parts.push(say(` · ${running}`));
  parts.push(...bestParts(standing));
  const left = phase === "running" ? leftText(study, standing) : null;
  if (left !== null) parts.push(say(` · ${left}`));
  return parts;
}

function phaseWords(phase: Phase, study: BoardStudy, rows: readonly BoardRow[]): string {
  const progress = progressOf(study);
  const { cap, done } = progress;
  const seen = cap === null ? `${done} done` : `${done} of ${cap} done`;
  switch (phase) {
    case "running":
      return cap === null ? `${seen}, no end set` : seen;
    case "unattended":
      return `Not conducted · ${seen}`;
    case "paused":
      return `Paused · ${seen}`;
    case "interrupted":
      return `Interrupted · ${seen}`;
    case "finished":
      return `Finished · ${finalWords(progress)}${tookText(study, rows)}`;
    case "failed":
      return `Finished · no trial completed${tookText(study, rows)}`;
    default:
      return phase satisfies never;
  }
}

function finalWords(progress: Progress): string {
  return progress.failures.length > 0 ? endedText(progress) : plural(progress.done, "trial");
}

function bestParts({ best, format }: Standing): Part[] {
  if (best === null) return [];
  return [
    say(` · best ${numberText(best.value, format)} (`),
    { text: `trial ${best.trial.number}`, trial: best.trial.number },
    say(")"),
  ];
}

function runningText(study: BoardStudy, rows: readonly BoardRow[]): string | null {
  const running = rows.filter((row) => row.state === "running").length;
  if (running === 0) return null;
  const slots = study.slots.length;
  if (slots < 2) return `${running} running`;
  const devices = study.slots.every((slot) => slot.startsWith("GPU")) ? "GPU" : "slot";
  return `${running} running on ${plural(slots, devices)}`;
}

/** As long as somebody conducted it, for it may have lain idle; else from the first start to the last end. */
function tookText({ activeMs }: BoardStudy, rows: readonly BoardRow[]): string {
  if (activeMs !== null) return ` in ${spanText(activeMs / 1000)}`;
  const starts = rows.flatMap(({ trial }) => trial.startedAtMs ?? []);
  const ends = rows.flatMap(({ trial }) => trial.endedAtMs ?? []);
  if (starts.length === 0 || ends.length === 0) return "";
  const first = starts.reduce((a, b) => Math.min(a, b));
  const last = ends.reduce((a, b) => Math.max(a, b));
  return ` in ${spanText((last - first) / 1000)}`;
}

/** How long it will still take, by the median of the trials so far and the slots there are. */
function leftText(study: BoardStudy, { rows, now }: Standing): string | null {
  const ended = rows.filter((row) => !Number.isNaN(row.seconds)).slice(-estimateBy);
  const seconds = ended.map((row) => row.seconds);
  const remaining = remainingOf(study);
  const running = rows.filter((row) => row.state === "running");
  if (remaining === null || seconds.length < estimateFrom || running.length + remaining === 0) {
    return null;
  }
  const median = seconds.sort((a, b) => a - b)[seconds.length >> 1] ?? 0;
  const begun = running.map((row) => median - (now - (row.trial.startedAtMs ?? now)) / 1000);
  const work = remaining * median + begun.reduce((sum, left) => sum + Math.max(0, left), 0);
  const slots = Math.max(1, Math.min(study.slots.length || 1, running.length + remaining));
  return `about ${spanText(twoDigits(work / slots))} left`;
}

function twoDigits(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(2));
}

/** `54 s`, `2 min 41 s`, `18 min`, `1 h 12 min`, `3 d 4 h`. */
export function spanText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 600) {
    const rest = whole % 60;
    return rest === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${rest} s`;
  }
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What can be done to the study as it stands. */
export function actionsOf(study: BoardStudy, rows: readonly BoardRow[]): StudyAction[] {
  const rerun: StudyAction[] = progressOf(study).failures.length > 0 ? ["rerunFailed"] : [];
  const always: StudyAction[] = [...rerun, "openSweep", "exportCsv", "revealStudy"];
  switch (phaseOf(study, rows)) {
    case "running":
      return ["pause", "stopSweep", ...always];
    case "paused":
      return rows.some((row) => row.state === "running")
        ? ["resume", "stopSweep", ...always]
        : ["resume", ...always];
    case "unattended":
    case "interrupted":
      return ["resume", ...always];
    default:
      return always;
  }
}

export function noticeOf(study: BoardStudy, rows: readonly BoardRow[]): Header["notice"] {
  const resume = { label: "Resume Sweep", action: "resume" } as const;
  const running = rows.filter((row) => row.state === "running").length;
  switch (phaseOf(study, rows)) {
    case "unattended": {
      const runOn =
        running === 0
          ? ""
          : `; ${plural(running, "trial")} still ${running === 1 ? "runs" : "run"}`;
      return {
        severity: "warning",
        text: `Nobody conducts this sweep${runOn}: resume it to go on.`,
        action: resume,
      };
    }
    case "paused":
      return study.reason === null || isAsked(study.reason)
        ? { severity: "info", text: "Paused. Resume it to go on.", action: resume }
        : { severity: "warning", text: study.reason, action: resume };
    case "interrupted":
      return {
        severity: "info",
        text: study.reason ?? "The sweep was stopped before its end.",
        action: resume,
      };
    case "failed":
      return {
        severity: "error",
        text: `No trial completed: ${lastReason(rows)}`,
        action: { label: "Open Sweep File", action: "openSweep" },
      };
    case "running":
      return study.conductor === "elsewhere" && study.conductorName !== null
        ? {
            severity: "info",
            text: `Conducted by ${study.conductorName}. What is asked here is done there.`,
            action: null,
          }
        : null;
    default:
      return null;
  }
}

/** Whether somebody asked for the pause, which is how the conductor then records it. */
function isAsked(reason: string): boolean {
  return reason.startsWith("paused by ");
}

function lastReason(rows: readonly BoardRow[]): string {
  const reason = rows.findLast((row) => row.note !== "")?.note;
  return reason === undefined
    ? "open the log of one to see why."
    : `the last ended with “${reason}”.`;
}

/** What stands where rows would, without a filter to blame. */
export function emptyText(study: BoardStudy): string[] {
  switch (study.state) {
    case "running":
      return study.conductor === "nobody"
        ? ["No trial has started, and nobody conducts this sweep.", "Resume it to start the first."]
        : ["The first trials are being started.", "They show here as they begin to report."];
    case "paused":
      return [
        "The sweep is paused, and no trial has started yet.",
        "Resume it to start the first.",
      ];
    default:
      return ["This sweep ended before a trial started."];
  }
}

/** What announcements are about, so that only what changed is said. */
export interface Marks {
  readonly best: number | null;
  readonly phase: Phase;
  readonly failed: number;
}

export function standingMarks(
  study: BoardStudy,
  { rows, best }: Pick<Standing, "rows" | "best">,
): Marks {
  return {
    best: best?.trial.number ?? null,
    phase: phaseOf(study, rows),
    failed: failedRows(rows).length,
  };
}

/** What a screen reader is told of a change: a new best, a failure, the end; never values. */
export function announcementOf(
  before: Marks,
  study: BoardStudy,
  standing: Standing,
): string | null {
  const after = standingMarks(study, standing);
  const said: string[] = [];
  if (after.failed > before.failed)
    said.push(failureText(standing.rows, after.failed - before.failed));
  if (after.best !== null && after.best !== before.best)
    said.push(`Trial ${after.best} is the best so far.`);
  if (after.phase !== before.phase) said.push(phaseText(after.phase));
  return said.length === 0 ? null : said.join(" ");
}

function failureText(rows: readonly BoardRow[], count: number): string {
  if (count > 1) return `${count} trials failed.`;
  const ended = (row: BoardRow): number => row.trial.endedAtMs ?? 0;
  const last = failedRows(rows).reduce((a, b) => (ended(b) >= ended(a) ? b : a));
  return `Trial ${last.trial.number} failed.`;
}

function phaseText(phase: Phase): string {
  switch (phase) {
    case "unattended":
      return "Nobody conducts the sweep.";
    case "failed":
      return "The sweep is finished: no trial completed.";
    default:
      return `The sweep is ${phase}.`;
  }
}

function failedRows(rows: readonly BoardRow[]): BoardRow[] {
  return rows.filter((row) => row.state === "failed" || row.state === "out-of-memory");
}
