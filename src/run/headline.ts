/** The lines that a runner prints around a trial's own output. */
import path from "node:path";
import { readTextIfThere } from "../study/files.js";
import type { AttemptEnd } from "./attempt.js";
import { parsePythonJson } from "./pythonJson.js";

const headerLength = 160;
const shownDigits = 4;

/** `── Trial 7 · lr=0.01 batch=32 · GPU 0`. */
export function headerLine(
  title: string,
  trialDirectory: string,
  slotName: string | undefined,
): string {
  const configuration = parsePythonJson(
    readTextIfThere(path.join(trialDirectory, "config.json")) ?? "",
  );
  const parameters = flat(configuration).join(" ");
  const shown =
    parameters.length > headerLength ? `${parameters.slice(0, headerLength - 1)}…` : parameters;
  return `── ${[title, shown, slotName ?? ""].filter((part) => part !== "").join(" · ")}`;
}

function flat(value: unknown, prefix = ""): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    if (prefix === "") return [];
    return [`${prefix}=${textOf(value)}`];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    flat(inner, prefix === "" ? name : `${prefix}.${name}`),
  );
}

/** Numbers as far as they tell trials apart; what is exact is in the trial's files. */
function textOf(value: unknown): string {
  if (typeof value === "number" && !Number.isInteger(value))
    return String(Number(value.toPrecision(shownDigits)));
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `── Trial 7 · exit 1 · 3.2 s`. */
export function endLine(title: string, end: AttemptEnd): string {
  const parts = [`── ${title}`, endingOf(end)];
  if (end.startedAt !== null) {
    parts.push(durationOf(Date.parse(end.endedAt) - Date.parse(end.startedAt)));
  }
  return parts.join(" · ");
}

function endingOf(end: AttemptEnd): string {
  if (end.startedAt === null) return end.why ?? "never started";
  if (end.stop !== null) return "stopped";
  if (end.code === 0) return "done";
  return end.code === null ? `ended by ${end.signal ?? "an unknown cause"}` : `exit ${end.code}`;
}

function durationOf(milliseconds: number): string {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const minutes = Math.floor(milliseconds / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
