/** Sweep files made up by chance, some of them right. */
import fc from "fast-check";

const number = fc.constantFrom("1", "2", "10", "0", "-3", "0.5", "1.0", "2.5", "100", "1.0e-3");
const odd = fc.constantFrom("abc", "true", "null", "'1'", "[1]", "{a: 1}", ".inf", "1e-4", "-.5");

/** Mostly one of these numbers, now and then any number, or none. */
const numberFrom = (...usual: readonly string[]) =>
  fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...usual) },
    { weight: 2, arbitrary: number },
    { weight: 1, arbitrary: odd },
  );
const value = fc.oneof(
  number,
  fc.constantFrom("adam", "sgd", "true", "no", "null", "''", "[8, 16]", "{a: 1}", "0.10", "1_000"),
);
const list = fc
  .array(value, { minLength: 1, maxLength: 4 })
  .map((items) => `[${items.join(", ")}]`);

const bounds = [
  ["min", numberFrom("1", "2", "0.5", "1.0", "1.0e-3")],
  ["max", numberFrom("3", "10", "2.5", "100", "1_000")],
] as const;
const wholeBounds = [
  ["min", numberFrom("1", "0", "-3")],
  ["max", numberFrom("3", "10", "100")],
] as const;
const bell = [
  ["mu", numberFrom("0", "-1.5", "3")],
  ["sigma", numberFrom("1", "0.5", "2")],
] as const;
const shapes = [
  ["a", numberFrom("1", "0.5", "2")],
  ["b", numberFrom("1", "5", "2.5")],
] as const;
const step = [["q", numberFrom("1", "0.5", "4")]] as const;
type Fields = readonly (readonly [string, fc.Arbitrary<string>])[];

const fieldsOf: Readonly<Record<string, Fields>> = {
  categorical: [["values", list]],
  categorical_w_probabilities: [
    [
      "values",
      fc.constantFrom(
        ..."[a, b];[1, 2];[true, 0.5]".split(";").flatMap((x) => [x, x, x]),
        "[1, 2, 3]",
      ),
    ],
    [
      "probabilities",
      fc.constantFrom(
        ..."5555".replaceAll("5", "[0.5, 0.5];[0.25, 0.75];").split(";").filter(Boolean),
        "[0.5, 0.6]",
      ),
    ],
  ],
  constant: [["value", value]],
  int_uniform: wholeBounds,
  uniform: bounds,
  q_uniform: [...bounds, ...step],
  log_uniform_values: bounds,
  q_log_uniform_values: [...bounds, ...step],
  inv_log_uniform_values: bounds,
  log_uniform: bounds,
  q_log_uniform: [...bounds, ...step],
  inv_log_uniform: bounds,
  normal: bell,
  log_normal: bell,
  q_normal: [...bell, ...step],
  q_log_normal: [...bell, ...step],
  beta: shapes,
  q_beta: [...shapes, ...step],
};

/** Usually all the keys, and only those, in any order. */
function mapOf(fields: Fields, extra: string): fc.Arbitrary<string> {
  const entries = fields.map(([key, arbitrary]) =>
    fc.option(
      arbitrary.map((text) => `${key}: ${text}`),
      { freq: 40, nil: "" },
    ),
  );
  const foreign = fc.constantFrom(...Array<string>(150).fill(""), "min: 1", "q: 2", "colour: red");
  return fc
    .tuple(...entries, fc.constant(extra), foreign)
    .chain((parts) => fc.shuffledSubarray(parts, { minLength: parts.length }))
    .map((parts) => `{${parts.filter((part) => part !== "").join(", ")}}`);
}

const named = fc
  .constantFrom(...Object.keys(fieldsOf))
  .chain((name) => mapOf(fieldsOf[name] ?? [], `distribution: ${name}`));
const inferred = fc
  .constantFrom(
    ...["categorical", "categorical_w_probabilities", "constant", "int_uniform"],
    ...["categorical", "uniform", "constant", "int_uniform", "normal"],
  )
  .chain((name) => mapOf(fieldsOf[name] ?? [], ""));
const discrete = fc
  .constantFrom("categorical", "constant", "int_uniform")
  .chain((name) => mapOf(fieldsOf[name] ?? [], ""));
const wrong = fc.constantFrom(
  "0.1",
  "[1, 2]",
  "{}",
  "{distribution: gaussian}",
  "null",
  "{lr: {value: 1}}",
);

const rightName = fc.constantFrom("lr", "batch", "a.b", "a", "x-y", "_z", "Momentum");
const anyName = fc.oneof(
  { weight: 60, arbitrary: rightName },
  { weight: 1, arbitrary: fc.constantFrom("1x", "'a b'", "on", "''") },
);

/** The text of a map of parameters, with groups down to `depth` levels. */
function parameters(
  leaf: fc.Arbitrary<string>,
  depth: number,
  name = anyName,
): fc.Arbitrary<string> {
  const groups =
    depth === 0
      ? []
      : [
          {
            weight: 8,
            arbitrary: parameters(leaf, depth - 1, name).map((text) => `{parameters: ${text}}`),
          },
        ];
  const body = fc.oneof(
    { weight: 60, arbitrary: leaf },
    { weight: depth === 2 ? 1 : 0, arbitrary: wrong },
    ...groups,
  );
  return fc
    .uniqueArray(fc.tuple(name, body), { minLength: 1, maxLength: 3, selector: ([key]) => key })
    .map((entries) => `{${entries.map(([key, text]) => `${key}: ${text}`).join(", ")}}`);
}

/** Absent, or one of some texts, the first of them most often. */
function key(name: string, absent: number, ...texts: readonly string[]): fc.Arbitrary<string> {
  const [usual = "", ...others] = texts;
  return fc
    .constantFrom(...Array<string>(absent).fill(""), ...Array<string>(20).fill(usual), ...others)
    .map((text) => (text === "" ? "" : `${name}: ${text}`));
}

const metric = key(
  "metric",
  3,
  "{name: loss, goal: minimize}",
  "{name: acc, goal: maximize, target: 0.9}",
  "{name: loss, impute: best, impute_while_running: latest}",
  "{goal: minimize}",
  "{name: loss, goal: maximise}",
  "{name: loss, impute_while_running: false}",
  "{name: 3}",
  "loss",
  "null",
);
const earlyTerminate = key(
  "early_terminate",
  120,
  "{type: hyperband, min_iter: 3}",
  "{type: hyperband, max_iter: 27, s: 2, eta: 3, strict: false}",
  "{type: hyperband}",
  "{type: hyperband, max_iter: 27}",
  "{type: median, min_iter: 3}",
  "{type: hyperband, min_iter: 0}",
  "{type: hyperband, min_iter: 3.0, eta: 1}",
  "null",
);
const others = [
  key("program", 1, "train.py", "3"),
  key("run_cap", 20, "10", "0", "2.5", "10.0", "true"),
  key("name", 20, "sweep", "1e-4", "3", "null"),
  key("description", 40, "text", "[a]"),
  key("command", 20, "['${env}', python, '${program}', '${args}']", "python train.py", "[]"),
  key("controller", 200, "{type: local}", "{type: remote}", "{}"),
  key("scheduler", 600, "{engine: wandb}", "{engine: optuna}", "{engine: ax, source: s.py}", "{}"),
  key("metrics", 900, "[{name: a}, {name: b}]", "[{name: a}]"),
  key("kind", 40, "sweep", "job"),
  key("colour", 900, "red"),
];

export const sweepText = fc
  .constantFrom(
    ...Array<string>(6).fill("grid"),
    ...Array<string>(9).fill("random"),
    "bayes",
    "bayes",
    "custom",
    "gird",
    "",
  )
  .chain((method) => {
    const leaf =
      method === "grid"
        ? fc.oneof({ weight: 60, arbitrary: discrete }, { weight: 1, arbitrary: named })
        : fc.oneof({ weight: 3, arbitrary: named }, inferred);
    const space = fc.oneof(
      { weight: 40, arbitrary: parameters(leaf, 2).map((text) => `parameters: ${text}`) },
      { weight: 1, arbitrary: fc.constantFrom("", "parameters: {}", "parameters: null") },
    );
    const methodLine = fc.constant(method === "" ? "" : `method: ${method}`);
    return fc.tuple(methodLine, space, metric, earlyTerminate, ...others);
  })
  .map((lines) => `${lines.filter((line) => line !== "").join("\n")}\n`);

/** A grid of lists, integers, steps and groups, always valid. */
export const gridText = parameters(
  fc.oneof(
    list.map((values) => `{values: ${values}}`),
    fc
      .tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 3 }))
      .map(([min, width]) => `{min: ${min}, max: ${min + width}}`),
    fc.constantFrom(
      "{distribution: q_uniform, min: 1, max: 10, q: 4}",
      "{distribution: q_uniform, min: 0, max: 1, q: 0.1}",
      "{distribution: q_uniform, min: 0.1, max: 0.7, q: 0.2}",
      "{value: fixed}",
      "{values: [1, 1, 2]}",
      "{values: [1, 1.0, true]}",
      "{values: [{b: 1, a: 2}, {a: 2, b: 1}, x]}",
    ),
  ),
  1,
  rightName,
).map((text) => `method: grid\nparameters: ${text}\n`);
