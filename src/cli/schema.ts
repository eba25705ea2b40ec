import { jsonSchemaOf } from "../sweep/facts.js";
import { sweepFile } from "../sweep/grammar.js";
import { type Command, Unusable } from "./command.js";
import { printJson, printText } from "./output.js";

export const schema: Command = {
  name: "schema",
  words: "",
  summary: "Print the JSON Schema of sweep files.",
  about:
    "For editors and tools that know nothing of sweeps. A schema knows no more than the form of a file: `sweepdeck validate` says what else is wrong with it.",
  options: { json: { type: "boolean", about: "print it on one line" } },
  run: async (given) => {
    if (given.words.length > 0) throw new Unusable("sweepdeck schema takes no words.");
    const written = jsonSchemaOf(sweepFile);
    if (given.flag("json")) printJson(written);
    else printText(JSON.stringify(written, null, 2));
    return 0;
  },
};
