import path from "node:path";
import { createInterface } from "node:readline";
import { askTell } from "../engine/ask-tell.js";
import { initialConfigurations } from "../engine/initial.js";
import { type Command, onlyWord } from "./command.js";
import { printJson } from "./output.js";
import { sweepIn } from "./sweep-file.js";

export const askTellCommand: Command = {
  name: "ask-tell",
  words: "FILE",
  summary: "Suggest configurations to a program that runs the trials itself.",
  about: `Reads a JSON object a line from standard input, and answers each with one on standard output:
  {"ask": 1}                                  {"trials": [{"number": 0, "params": {…}}]}
  {"report": 0, "step": 1, "value": 0.7}      {"ok": true}, or {"stop": true, …, "reason": {…}}
  {"tell": 0, "value": 0.5}                   {"ok": true}
  {"tell": 0, "state": "failed"}              {"ok": true}
What cannot be answered is answered with {"error": "…"}, and changes nothing.`,
  options: {
    seed: {
      type: "string",
      value: "S",
      about: "the seed (the sweep's own, or 1): the same lines get the same answers",
    },
  },
  run: async (given) => {
    const file = onlyWord(askTellCommand, given, "sweep file");
    const sweep = sweepIn(file);
    const seed = given.count("seed", 0) ?? sweep.deck.sampler.seed ?? 1;
    const answer = askTell(sweep, seed, initialConfigurations(sweep, path.resolve(file), seed));
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      if (line.trim() !== "") printJson(answer(line));
    }
    return 0;
  },
};
