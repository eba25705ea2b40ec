/** Whether a study's suggestions come out the same when they are made again. */
import { replayStudy, type StudyReplay } from "../engine/replay.js";
import { nest } from "../space/configuration.js";
import type { Space } from "../space/space.js";
import { type Command, jsonOption, onlyWord, Unusable } from "./command.js";
import { printJson, printText, say, table } from "./output.js";
import { studyAt, studyDirectory, studyWord } from "./studies.js";

export const replay: Command = {
  name: "replay",
  words: "STUDY",
  summary: "Make a study's suggestions again, and say whether they are the same.",
  about: `${studyWord}\nThe sampler is shown, for each draw, what it was shown then. Exits with 1 when any differs.`,
  options: { json: jsonOption },
  run: async (given) => {
    const study = studyAt(await studyDirectory(onlyWord(replay, given, "study")));
    const { sweep, space, file } = study;
    if (sweep === undefined) {
      throw new Unusable(
        `The sweep that ${file.name} was made from has errors in this version of Sweepdeck: replay it with the version that made it.`,
      );
    }
    const replayed = replayStudy(study, sweep);
    if (given.flag("json")) printJson(recordOf(file.name, replayed, space));
    else tell(replayed, space);
    return replayed.differences.length === 0 ? 0 : 1;
  },
};

function recordOf(study: string, replayed: StudyReplay, space: Space): object {
  const { differences, ...counts } = replayed;
  return {
    study,
    ...counts,
    differences: differences.map(({ draw, trial, journaled, proposed }) => ({
      draw,
      trial,
      journaled: nest(space, journaled),
      proposed: proposed === null ? null : nest(space, proposed),
    })),
  };
}

function tell({ suggestions, same, unrecorded, differences }: StudyReplay, space: Space): void {
  const rows = differences.flatMap(({ draw, trial, journaled, proposed }) => {
    if (proposed === null) return [[`draw ${draw}`, `trial ${trial}`, "nothing is left to try"]];
    return space.parameters.flatMap(({ name }) => {
      const [before, now] = [journaled[name], proposed[name]].map(exactText);
      if (before === now) return [];
      return [[`draw ${draw}`, `trial ${trial}`, name, before ?? "–", "now", now ?? "–"]];
    });
  });
  if (rows.length > 0) printText(table(rows));
  const compared = suggestions - unrecorded;
  if (unrecorded > 0) {
    say(
      `${unrecorded} of ${suggestions} suggestions are of an earlier version, which did not record what they were made on: they cannot be compared.`,
    );
  }
  printText(`${same} of ${compared} suggestions are the same`);
}

function exactText(value: unknown): string {
  return JSON.stringify(value) ?? "–";
}
