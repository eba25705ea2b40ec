/**
 * What those who do not conduct ask of the conductor, as files (docs/studies-on-disk.md, "Requests").
 */
import { randomUUID } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import type { Json } from "../space/value.js";
import { errorCode, namesIn, readJsonIfThere, removeIfThere, writeWhole } from "./files.js";
import { watchDirectory } from "./watch.js";

const stopMode = z.enum(["interrupt", "kill"]);
const configuration = z.record(
  z.string(),
  z.custom<Json>((value) => value !== undefined),
);

const wishSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("stop"), mode: stopMode }),
  z.object({ kind: z.literal("pause") }),
  z.object({ kind: z.literal("resume") }),
  z.object({ kind: z.literal("stop-trial"), trial: z.int().nonnegative(), mode: stopMode }),
  z.object({ kind: z.literal("rerun"), trials: z.array(z.int().nonnegative()) }),
  z.object({ kind: z.literal("run"), configurations: z.array(configuration) }),
  z.object({ kind: z.literal("extend"), cap: z.int().positive() }),
  z.object({ kind: z.literal("handover") }),
]);
/** What may be asked of a conductor. */
export type Wish = z.infer<typeof wishSchema>;

const requestSchema = z.intersection(
  z.object({ id: z.string(), by: z.string(), at: z.string() }),
  wishSchema,
);
export type Request = z.infer<typeof requestSchema>;
/** What a request for more trials says of itself. */
export type Queueing = { readonly kind: "rerun" | "run" };

/** Whether a request can be carried out only by who reads and writes the journal, where the trials are. */
export function namesTrials(
  request: Request,
): request is Extract<Request, Queueing | { kind: "stop-trial" }> {
  return request.kind === "rerun" || request.kind === "run" || request.kind === "stop-trial";
}

const answerSchema = z.object({ id: z.string(), ok: z.boolean(), message: z.string() });
export type Answer = z.infer<typeof answerSchema>;

/** After this long without an answer, a holder on the same host counts as silent. */
export const patienceMs = 3000;
const answerPollMs = 50;
const answerLifeMs = 60_000;

/**
 * Asks, and waits for the answer; undefined when none comes in time, and then the wish is taken
 * back, so that nobody carries it out after the asker has turned to other means.
 */
export async function ask(
  studyDirectory: string,
  wish: Wish,
  by: string,
  timeoutMs: number = patienceMs,
): Promise<Answer | undefined> {
  const id = publishRequest(studyDirectory, wish, by);
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = takeAnswer(studyDirectory, id);
    if (answer !== undefined) return answer;
    if (performance.now() >= deadline) {
      removeIfThere(requestFile(studyDirectory, id));
      return takeAnswer(studyDirectory, id);
    }
    await new Promise((resolve) => setTimeout(resolve, answerPollMs));
  }
}

/** Leaves a wish for whoever conducts next; returns its id. */
export function publishRequest(studyDirectory: string, wish: Wish, by: string): string {
  const id = randomUUID();
  mkdirSync(path.join(studyDirectory, "requests"), { recursive: true });
  const request: Request = { id, by, at: new Date().toISOString(), ...wish };
  writeWhole(requestFile(studyDirectory, id), JSON.stringify(request));
  return id;
}

/** What is asked for at this moment, oldest first. Files that are no requests are left alone. */
export function pendingRequests(studyDirectory: string): readonly Request[] {
  const requests: Request[] = [];
  for (const name of namesIn(path.join(studyDirectory, "requests"))) {
    if (name.startsWith(".") || !name.endsWith(".json") || name.endsWith(".answer.json")) continue;
    const parsed = requestSchema.safeParse(
      readJsonIfThere(path.join(studyDirectory, "requests", name)),
    );
    if (parsed.success && `${parsed.data.id}.json` === name) requests.push(parsed.data);
  }
  return requests.sort((a, b) => a.at.localeCompare(b.at));
}

export function answerRequest(studyDirectory: string, answer: Answer): void {
  writeWhole(answerFile(studyDirectory, answer.id), JSON.stringify(answer));
}

export function removeRequest(studyDirectory: string, id: string): void {
  removeIfThere(requestFile(studyDirectory, id));
}

/** Removes answers that nobody came for. */
export function sweepAnswers(studyDirectory: string, nowMs: number): void {
  for (const name of namesIn(path.join(studyDirectory, "requests"))) {
    if (!name.endsWith(".answer.json")) continue;
    const file = path.join(studyDirectory, "requests", name);
    try {
      if (nowMs - statSync(file).mtimeMs > answerLifeMs) removeIfThere(file);
    } catch (error) {
      if (errorCode(error) !== "ENOENT") throw error;
    }
  }
}

/** The answer to a request, which is then gone; undefined while there is none. */
export function takeAnswer(studyDirectory: string, id: string): Answer | undefined {
  const parsed = answerSchema.safeParse(readJsonIfThere(answerFile(studyDirectory, id)));
  if (!parsed.success) return undefined;
  removeIfThere(answerFile(studyDirectory, id));
  return parsed.data;
}

function requestFile(studyDirectory: string, id: string): string {
  return path.join(studyDirectory, "requests", `${id}.json`);
}

function answerFile(studyDirectory: string, id: string): string {
  return path.join(studyDirectory, "requests", `${id}.answer.json`);
}

/** Calls `hint` when something is asked for. */
export function watchRequests(studyDirectory: string, hint: () => void): Disposable {
  const requests = path.join(studyDirectory, "requests");
  mkdirSync(requests, { recursive: true });
  return watchDirectory(requests, hint);
}
