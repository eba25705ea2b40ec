/** Whole sweeps for a file that is empty yet. */
import type { ScriptReading } from "../script/reading.js";
import { describeReading, newSweepFrom } from "./new-sweep.js";
import type { Offer, Site } from "./offer.js";
import { escaped, newFields, written } from "./snippet.js";

interface Template {
  readonly name: string;
  readonly documentation: string;
  lines(programs: readonly string[]): readonly string[];
}

const random: Template = {
  name: "random sweep",
  documentation:
    "Configurations drawn at random: the sound beginning. Sixty of them find one of the best twentieth with a chance of 95 %, however many parameters there are.",
  lines: (programs) => {
    const fields = newFields();
    return [
      programLine(programs, fields),
      "method: random",
      ...metric(fields),
      `run_cap: ${fields.text("20")}`,
      "parameters:",
      ...learningRate(fields),
      `  ${fields.text("")}`,
    ];
  },
};

const templates: readonly Template[] = [
  random,
  {
    name: "grid sweep",
    documentation: "Every combination once: for one or two parameters with a few values each.",
    lines: (programs) => {
      const fields = newFields();
      return [
        programLine(programs, fields),
        "method: grid",
        ...metric(fields),
        "parameters:",
        `  ${fields.text("lr")}:`,
        `    values: [${fields.text("0.0001, 0.001, 0.01")}]`,
        `  ${fields.text("")}`,
      ];
    },
  },
  {
    name: "Bayesian sweep with early stopping",
    documentation:
      "Configurations drawn where the results so far promise most; Hyperband stops trials that are behind.",
    lines: (programs) => {
      const fields = newFields();
      return [
        programLine(programs, fields),
        "method: bayes",
        ...metric(fields),
        `run_cap: ${fields.text("40")}`,
        "early_terminate:",
        "  type: hyperband",
        `  min_iter: ${fields.text("3")}`,
        "parameters:",
        ...learningRate(fields),
        `  ${fields.text("")}`,
      ];
    },
  },
];

type Fields = ReturnType<typeof newFields>;

/** The only one is not asked for again. */
function programLine(programs: readonly string[], fields: Fields): string {
  const names = programs.map(written);
  const [only = ""] = names;
  return `program: ${names.length > 1 ? fields.choice(names) : escaped(only)}`;
}

function metric(fields: Fields): readonly string[] {
  return [
    "metric:",
    `  name: ${fields.choice(["val_loss", "train_loss"])}`,
    `  goal: ${fields.choice(["minimize", "maximize"])}`,
  ];
}

function learningRate(fields: Fields): readonly string[] {
  return [
    `  ${fields.text("lr")}:`,
    "    distribution: log_uniform_values",
    `    min: ${fields.text("1.0e-4")}`,
    `    max: ${fields.text("1.0e-2")}`,
  ];
}

/** More programs than this are left to the completion of `program:`. */
const programsOffered = 8;

/** Of each likely program a sweep, then the forms. Nothing where anything is written already. */
export function wholeSweeps({ around, sketch, cursor, script }: Site): Offer[] {
  const isEmpty = sketch.keys.length === 0 && cursor.path.length === 0;
  if (!isEmpty || cursor.style === "flow" || cursor.at !== "key") return [];
  const likely = around.programs.slice(0, programsOffered);
  const ofPrograms = likely.map((program, index) =>
    sweepOf(program, index === 0 ? script?.reading : undefined),
  );
  const known = likely.length === 0 ? ["train.py"] : likely;
  const forms = templates.map(({ name, lines, documentation }) =>
    offerOf(name, lines(known), documentation),
  );
  return [...ofPrograms, ...forms];
}

/** From what the script says of itself, where it was read. */
function sweepOf(program: string, reading: ScriptReading | undefined): Offer {
  const label = `sweep of ${program}`;
  if (reading === undefined) return offerOf(label, random.lines([program]), random.documentation);
  const { snippet } = newSweepFrom(reading, program);
  return offerOf(label, snippet.trimEnd().split("\n"), describeReading(reading));
}

function offerOf(label: string, lines: readonly string[], documentation: string): Offer {
  return { label, kind: "form", snippet: lines.join("\n"), documentation };
}
