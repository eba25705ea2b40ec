import path from "node:path";
import { planStudy } from "../engine/plan.js";
import { type TryReport, tryOne } from "../engine/trying.js";
import { LaunchProblem } from "../study/executor.js";
import { type Command, type ExitCode, jsonOption, onlyWord, Unusable } from "./command.js";
import { commandLineDoor, pythonOption } from "./door.js";
import { printJson, say } from "./output.js";
import { read } from "./validate.js";

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
    else for (const sentence of sentencesOf(report)) say(sentence);
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

function isReady(report: TryReport): boolean {
  if (report.refused.length > 0) return false;
  if (report.ended === "by itself" && report.exit !== 0) return false;
  return report.objective === undefined || report.objectiveReports > 0;
}

function exitCodeOf(report: TryReport): ExitCode {
  return isReady(report) ? 0 : 1;
}

function sentencesOf(report: TryReport): readonly string[] {
  return [
    "",
    parametersSentence(report),
    metricSentence(report),
    ...stepSentence(report),
    endSentence(report),
    `Its files are in ${report.directory}`,
  ];
}

function parametersSentence({ params, refused, notMentioned }: TryReport): string {
  const names = Object.keys(params);
  if (refused.length > 0) {
    return `Parameters: the script does not take ${refused.join(", ")}: rename or remove ${refused.length === 1 ? "it" : "them"} in the sweep, or add the argument to the script.`;
  }
  if (notMentioned.length > 0) {
    return `Parameters: ${notMentioned.join(", ")} ${notMentioned.length === 1 ? "stands" : "stand"} nowhere in the program's text: see that the script reads ${notMentioned.length === 1 ? "it" : "them"}.`;
  }
  return `Parameters: the script took ${names.join(", ")}.`;
}

function metricSentence({ objective, objectiveReports, metrics }: TryReport): string {
  const seen = Object.entries(metrics).map(([name, value]) => `${name}=${value}`);
  const all = seen.length === 0 ? "no metric was seen" : `seen: ${seen.join(" ")}`;
  if (objective === undefined) return `Metrics: ${all}. The sweep names none to rank by.`;
  if (objectiveReports > 0) return `Metrics: ${all}. ${objective} decides.`;
  return `Metrics: ${objective}, which decides, was not seen; ${all}. Name one that the script prints, or print ${objective} as "${objective}=0.5".`;
}

function stepSentence({ secondsAStep }: TryReport): readonly string[] {
  return secondsAStep === undefined ? [] : [`Time: about ${secondsAStep.toPrecision(2)} s a step.`];
}

function endSentence({ ended, exit, lastLines, ...report }: TryReport): string {
  if (ended === "seen twice") return "It was ended there: the sweep is ready to run.";
  if (ended === "time") return "It was ended after 60 s.";
  if (exit === 0) {
    return isReady({ ended, exit, lastLines, ...report })
      ? "The script ended well: the sweep is ready to run."
      : "The script ended well.";
  }
  return `The script failed (${exit === null ? "no exit code" : `exit ${exit}`}): ${lastLines.at(-1) ?? "it printed nothing"}`;
}
