import path from "node:path";
import { portableSweep } from "../language/actions/portable.js";
import { fromOptuna } from "../language/conversions/from-optuna.js";
import { type ExtractedSweep, sweepsInPython } from "../language/conversions/from-python.js";
import { type Note, noteMessage } from "../language/conversions/notes.js";
import { readOptunaSpace, toOptuna } from "../language/conversions/optuna.js";
import { applyEdits } from "../language/edit.js";
import { messageOf } from "../sweep/messages.js";
import { parseSweep } from "../sweep/parse.js";
import { positionsOf } from "../sweep/position.js";
import type { Sweep } from "../sweep/sweep.js";
import { type Command, type Given, jsonOption, onlyWord, Unusable } from "./command.js";
import { printJson, printText, say } from "./output.js";
import { read } from "./sweep-file.js";

const sources = ["sweep", "optuna", "python"] as const;
const targets = ["sweep", "wandb", "optuna"] as const;
type Source = (typeof sources)[number];
type Target = (typeof targets)[number];

export const convert: Command = {
  name: "convert",
  words: "FILE",
  summary: "Turn a sweep file into another form, or another form into a sweep file.",
  about: `The result goes to standard output, what could not be carried over to standard error.

  sweep    a sweep file
  wandb    a sweep file without its sweepdeck block, as W&B takes it (--to only)
  optuna   a search space as JSON, as "optuna ask --search-space" takes it
  python   a script or notebook with a dictionary for wandb.sweep in it (--from only)`,
  options: {
    from: { type: "string", value: "FORM", about: "what FILE is (else: by its ending)" },
    to: { type: "string", value: "FORM", about: "what it becomes (else: a sweep file)" },
    name: { type: "string", value: "NAME", about: "which sweep of a script, by its variable" },
    json: jsonOption,
  },
  run: async (given) => {
    const file = onlyWord(convert, given, "file");
    const from = formOf(given, "from", sources) ?? sourceBy(file);
    const to = formOf(given, "to", targets) ?? (from === "sweep" ? undefined : "sweep");
    if (to === undefined) throw new Unusable("Say what it becomes: --to wandb or --to optuna.");
    if (from === to)
      throw new Unusable(`${file} is ${to === "sweep" ? "a sweep file" : to} already.`);
    const { text, notes } = converted(file, from, to, given.text("name"));
    if (given.flag("json")) {
      printJson({ text, notes: notes.map((note) => ({ ...note, message: noteMessage(note) })) });
      return 0;
    }
    printText(text);
    for (const note of notes) say(noteMessage(note));
    return 0;
  },
};

interface Converted {
  readonly text: string;
  readonly notes: readonly Note[];
}

function formOf<Form extends string>(
  given: Given,
  option: string,
  forms: readonly Form[],
): Form | undefined {
  const word = given.text(option);
  if (word === undefined) return undefined;
  const form = forms.find((each) => each === word);
  if (form === undefined)
    throw new Unusable(`--${option} takes ${forms.join(", ")}, not "${word}".`);
  return form;
}

function sourceBy(file: string): Source {
  const ending = path.extname(file).toLowerCase();
  if (ending === ".json") return "optuna";
  return ending === ".py" || ending === ".ipynb" ? "python" : "sweep";
}

function converted(file: string, from: Source, to: Target, name: string | undefined): Converted {
  const text = read(file);
  const sweep = asSweep(file, text, from, name);
  if (to === "sweep") return sweep;
  const target = fromSweep(file, sweep.text, to);
  return { text: target.text, notes: [...sweep.notes, ...target.notes] };
}

function asSweep(file: string, text: string, from: Source, name: string | undefined): Converted {
  switch (from) {
    case "sweep":
      return { text, notes: [] };
    case "python":
      return chosen(file, sweepsInPython(path.basename(file), text), name);
    case "optuna": {
      const reading = readOptunaSpace(text);
      if (reading.kind === "space") return fromOptuna(reading.space);
      const where = reading.where === "" ? "" : `, parameter ${reading.where}`;
      throw new Unusable(`${file}${where} is no search space of Optuna's: ${reading.detail}`);
    }
  }
}

function chosen(
  file: string,
  found: readonly ExtractedSweep[],
  name: string | undefined,
): Converted {
  const fitting = name === undefined ? found : found.filter((each) => each.name === name);
  const [only, ...more] = fitting;
  if (only !== undefined && more.length === 0) return only;
  if (found.length === 0) throw new Unusable(`${file} holds no dictionary of a sweep.`);
  const names = [...new Set(found.flatMap((each) => each.name ?? []))].join(", ");
  if (name === undefined) {
    throw new Unusable(`${file} holds ${found.length} sweeps. Choose one by --name: ${names}.`);
  }
  // What one variable was at two calls: the last one is what it became.
  const last = fitting.at(-1);
  if (last !== undefined) return last;
  throw new Unusable(
    `${file} holds no sweep called ${name}, but ${names || "one without a name"}.`,
  );
}

function fromSweep(file: string, text: string, to: Exclude<Target, "sweep">): Converted {
  const parsed = parseSweep(text);
  const sweep = parsed.sweep ?? refuse(file, text);
  if (to === "optuna") return optunaText(sweep);
  const portable = portableSweep(parsed);
  if (portable === undefined) {
    throw new Unusable(`${file} is written within brackets: put sweepdeck on a line of its own.`);
  }
  const notes = portable.lost.map((loss): Note => ({ code: "left-behind", loss }));
  return { text: applyEdits(text, portable.edits), notes };
}

function optunaText({ space }: Sweep): Converted {
  const { space: converted, notes } = toOptuna(space);
  return { text: JSON.stringify(converted, null, 2), notes };
}

function refuse(file: string, text: string): never {
  const { problems } = parseSweep(text);
  const [first, ...more] = problems.filter(({ severity }) => severity === "error");
  if (first === undefined) throw new Unusable(`${file} cannot be read as a sweep.`);
  const { line } = positionsOf(text).of(first.range).start;
  const others = more.length === 0 ? "" : ` And ${more.length} more: see sweepdeck validate.`;
  throw new Unusable(`${file}, line ${line + 1}: ${messageOf(first)}${others}`);
}
