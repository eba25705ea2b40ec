/**
 * The thread that looks around sweep files. Reading a script with all that it imports takes longer
 * than a keystroke may, so nobody who types waits for it.
 */
import { parentPort } from "node:worker_threads";
import type { Surroundings } from "../language/surroundings.js";
import type { ScriptReading } from "../script/reading.js";
import { newSurroundingsMemory, readScriptFile, surroundingsFor } from "./surroundings.js";
import type { SurroundingsAnswer, SurroundingsRequest } from "./surroundings-messages.js";

const memory = newSurroundingsMemory();
/** By sweep file, what was answered last, and under which id. */
const told = new Map<string, { readonly id: number; readonly surroundings: Surroundings }>();

parentPort?.on("message", (request: SurroundingsRequest) => {
  parentPort?.postMessage(answerOrFailure(request));
});

/** A request that fails is told from a thread that died: the other sweep files keep what is known. */
function answerOrFailure(request: SurroundingsRequest): SurroundingsAnswer {
  try {
    return answerTo(request);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "failed", id: request.id, reason };
  }
}

function answerTo(request: SurroundingsRequest): SurroundingsAnswer {
  const { id, unsaved } = request;
  if (request.kind === "read") {
    const reading = readScriptFile(request.script, { memory, unsaved });
    return { kind: "read", id, ...(reading !== undefined && { reading }) };
  }
  const { held, sweepFile, words, root } = request;
  const options = { memory, unsaved, ...(root !== undefined && { root }) };
  const surroundings = surroundingsFor(sweepFile, words, options);
  const sources = readingsIn(surroundings).flatMap(({ files }) => files);
  const last = told.get(sweepFile);
  const isNews = last === undefined || last.id !== held || !isSame(last.surroundings, surroundings);
  told.set(sweepFile, { id, surroundings });
  return { kind: "look", id, sources, ...(isNews && { surroundings }) };
}

/** A reading is the same object for as long as nothing of it changes. */
function isSame(before: Surroundings, now: Surroundings): boolean {
  const [past, present] = [readingsIn(before), readingsIn(now)];
  return (
    past.length === present.length &&
    past.every((reading, at) => reading === present[at]) &&
    withoutReadings(before) === withoutReadings(now)
  );
}

function readingsIn({ program, likely }: Surroundings): readonly ScriptReading[] {
  const own = program?.kind === "read" ? program.reading : undefined;
  const similar = program?.kind === "missing" ? program.likely : undefined;
  return [own, similar, likely].filter((reading) => reading !== undefined);
}

function withoutReadings(surroundings: Surroundings): string {
  return JSON.stringify(surroundings, (key, value) =>
    key === "reading" || key === "likely" ? null : value,
  );
}
