import { wishOf } from "../engine/conducting.js";
import { type Command, jsonOption, onlyWord } from "./command.js";
import { commandLineDoor } from "./door.js";
import { printJson, say } from "./output.js";
import { studyDirectory, studyWord } from "./studies.js";

export const stop: Command = {
  name: "stop",
  words: "STUDY",
  summary: "Stop a study, whoever conducts it: its trials end by their grace periods.",
  about: `${studyWord} It can be resumed; the trials that were stopped are run again then.`,
  options: {
    kill: { type: "boolean", about: "kill the trials at once" },
    trial: { type: "string", value: "N", about: "stop this trial alone, for good" },
    json: jsonOption,
  },
  run: async (given) => {
    const directory = await studyDirectory(onlyWord(stop, given, "study"));
    const trial = given.count("trial", 0);
    const mode = given.flag("kill") ? "kill" : "interrupt";
    const wish =
      trial === undefined
        ? ({ kind: "stop", mode } as const)
        : ({ kind: "stop-trial", trial, mode } as const);
    const { ok, message } = await wishOf(directory, wish, commandLineDoor(undefined));
    if (given.flag("json")) printJson({ ok, message });
    else say(message);
    return ok ? 0 : 1;
  },
};
