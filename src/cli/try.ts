import path from "node:path";
import { planStudy } from "../engine/plan.js";
import { type TryReport, tryOne } from "../engine/trying.js";
import { LaunchProblem } from "../study/executor.js";
import { type Command, type ExitCode, jsonOption, onlyWord, Unusable } from "./command.js";
import { commandLineDoor, pythonOption } from "./door.js";
import { printJson, say } from "./output.js";
import { read } from "./sweep-file.js";
import { isReady, trySentences } from "./try-words.js";

export const tryCommand: Command = {
  name: "try",
  words: "FILE",
  summary: "Run the first configuration of a sweep, in no study, and tell what was seen.",
  about:
    "Ends when the metric has come twice, or after 60 s. Exits with 0 when the sweep is ready to\nrun: the script took its parameters, and the metric was seen.",
  options: { python: pythonOption, json: jsonOption },
  run: async (given) => {
    const file = path.resolve(onlyWord(tryCommand, given, "sweep file"));
    const door = commandLineDoor(given.text("python"));
    const planned = planStudy(file, read(file), door);
    if (!planned.ok) throw new Unusable(planned.message);
    const report = await tryUnlessImpossible(planned.plan, door);
    if (given.flag("json")) printJson({ ...report, ready: isReady(report) });
    else for (const sentence of trySentences(report)) say(sentence);
    return exitCodeOf(report);
  },
};

async function tryUnlessImpossible(...given: Parameters<typeof tryOne>): Promise<TryReport> {
  try {
    return await tryOne(...given);
  } catch (error) {
    if (error instanceof LaunchProblem) throw new Unusable(error.message);
    throw error;
  }
}

function exitCodeOf(report: TryReport): ExitCode {
  return isReady(report) ? 0 : 1;
}
