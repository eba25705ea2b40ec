/** Whole sweeps for a file that is empty yet. */
import type { ScriptReading } from "../script/reading.js";
import { describeReading, newSweepFrom } from "./new-sweep.js";
import type { Offer, Site } from "./offer.js";
import { newFields, written } from "./snippet.js";

interface Template {
  readonly name: string;
  readonly documentation: string;
  lines(program: string): readonly string[];
}

const random: Template = {
  name: "random sweep",
  documentation:
    "Configurations drawn at random: the sound beginning. Sixty of them find one of the best twentieth with a chance of 95 %, however many parameters there are.",
  lines: (program) => {
    const fields = newFields();
    return [
      `program: ${fields.text(written(program))}`,
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
    lines: (program) => {
      const fields = newFields();
      return [
        `program: ${fields.text(written(program))}`,
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
    lines: (program) => {
      const fields = newFields();
      return [
        `program: ${fields.text(written(program))}`,
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

function metric(fields: Fields): readonly string[] {
  return [
    "metric:",
    `  name: ${fields.text("val_loss")}`,
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
const programsOffered = 3;

/** Of each likely program a sweep, then the forms. Nothing where anything is written already. */
export function wholeSweeps({ around, sketch, cursor, script }: Site): Offer[] {
  const isEmpty = sketch.keys.length === 0 && cursor.path.length === 0;
  if (!isEmpty || cursor.style === "flow" || cursor.at !== "key") return [];
  const ofPrograms = around.programs
    .slice(0, programsOffered)
    .map((program, index) => sweepOf(program, index === 0 ? script?.reading : undefined));
  const [likeliest = "train.py"] = around.programs;
  const forms = templates.map(({ name, lines, documentation }) =>
    offerOf(name, lines(likeliest), documentation),
  );
  return [...ofPrograms, ...forms];
}

/** From what the script says of itself, where it was read. */
function sweepOf(program: string, reading: ScriptReading | undefined): Offer {
  const label = `sweep of ${program}`;
  if (reading === undefined) return offerOf(label, random.lines(program), random.documentation);
  const { snippet } = newSweepFrom(reading, program);
  return offerOf(label, snippet.trimEnd().split("\n"), describeReading(reading));
}

function offerOf(label: string, lines: readonly string[], documentation: string): Offer {
  return { label, kind: "form", snippet: lines.join("\n"), documentation };
}
