/** Studies for the board's tests: what `panel.html` of the design shows, and what breaks tables. */
import type { BoardStudy } from "../../../../src/editor/board/boardHost.js";
import type { Configuration, Parameter } from "../../../../src/space/space.js";
import type { Report, Trial, TrialState } from "../../../../src/study/trial.js";

/** The instant at which every scenario is looked at. */
export const now = Date.UTC(2026, 10, 24, 12, 0, 0);
const epochs = 27;

/** Park and Miller's generator: scenarios are the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

/** A training curve that falls from 2.3 and is exactly `end` at its last epoch. */
export function decay(end: number, rate: number, length: number, random: () => number): Report[] {
  return Array.from({ length }, (_, place): Report => {
    const epoch = place + 1;
    if (epoch === length) return [epoch, end];
    const floor = end - 2.3 * Math.exp(-rate * length);
    const drift = 1 + (0.25 * (length - epoch)) / length;
    const value = floor * drift + 2.3 * Math.exp(-rate * epoch);
    return [epoch, value * (1 + 0.07 * (random() - 0.5))];
  });
}

const parameters: readonly Parameter[] = [
  { name: "lr", path: ["lr"], distribution: { kind: "log_uniform_values", min: 1e-4, max: 1e-1 } },
  {
    name: "batch_size",
    path: ["batch_size"],
    distribution: { kind: "categorical", values: [16, 32, 64, 128, 256] },
  },
  {
    name: "width",
    path: ["width"],
    distribution: { kind: "categorical", values: [64, 128, 256, 512] },
  },
  { name: "layers", path: ["layers"], distribution: { kind: "int_uniform", min: 1, max: 3 } },
  {
    name: "dropout",
    path: ["dropout"],
    distribution: { kind: "q_uniform", min: 0, max: 0.4, q: 0.05 },
  },
  {
    name: "weight_decay",
    path: ["weight_decay"],
    distribution: { kind: "log_uniform_values", min: 1e-6, max: 1e-2 },
  },
  {
    name: "optimizer",
    path: ["optimizer"],
    distribution: { kind: "categorical", values: ["sgd", "adam", "adamw"] },
  },
  { name: "momentum", path: ["momentum"], distribution: { kind: "uniform", min: 0.8, max: 0.99 } },
  {
    name: "aug.flip",
    path: ["aug", "flip"],
    distribution: { kind: "categorical", values: [true, false] },
  },
  { name: "epochs", path: ["epochs"], distribution: { kind: "constant", value: epochs } },
  { name: "data", path: ["data"], distribution: { kind: "constant", value: "digits.csv" } },
];

interface Sketch {
  readonly number: number;
  readonly state: TrialState;
  readonly value: number | null;
  readonly epoch: number;
  readonly seconds: number;
  readonly slot: number;
  readonly values: readonly (string | number | boolean | null)[];
  readonly rate?: number;
  readonly reason?: string;
}

export function trialFrom(
  sketch: Sketch,
  random: () => number,
  names = parameters.map(({ name }) => name),
): Trial {
  const running = sketch.state === "running";
  const configuration: Record<string, Configuration[string]> = {};
  for (const [place, value] of sketch.values.entries()) {
    const name = names[place];
    if (name !== undefined && value !== null) configuration[name] = value;
  }
  configuration["epochs"] = epochs;
  configuration["data"] = "digits.csv";
  const start = running ? now - sketch.seconds * 1000 : now - 3_600_000 + sketch.number * 90_000;
  const reports = decay(sketch.value ?? 0.9, sketch.rate ?? 0.3, sketch.epoch, random);
  return {
    id: sketch.number,
    number: sketch.number,
    state: sketch.state,
    configuration,
    value: sketch.value,
    values: [],
    reports,
    journaled: reports,
    startedAtMs: start,
    endedAtMs: running ? null : start + sketch.seconds * 1000,
    ended: null,
    reason: sketch.reason ?? null,
    draw: sketch.number,
    initial: null,
    slot: `GPU ${sketch.slot}`,
    retryOf: null,
    attributes: {
      "sweepdeck:metrics":
        sketch.value === null
          ? {}
          : { val_acc: 1 - sketch.value / 3.4, train_loss: sketch.value * 0.21 },
    },
  };
}

/** Number, state, value, epoch, seconds, slot, rate, then the values of the nine parameters. */
type Line = readonly [
  number,
  TrialState,
  number | null,
  number,
  number,
  number,
  number,
  ...(string | number | boolean | null)[],
];

const designed: readonly Line[] = [
  [
    22,
    "complete",
    0.0512,
    27,
    161,
    1,
    0.56,
    0.06123724,
    32,
    256,
    2,
    0.1,
    3.1e-5,
    "sgd",
    0.9183,
    false,
  ],
  [17, "complete", 0.0515, 27, 158, 3, 0.5, 0.0442, 32, 256, 2, 0.15, 1.8e-5, "sgd", 0.9, false],
  [33, "complete", 0.0523, 27, 117, 0, 0.6, 0.0881, 64, 256, 2, 0.1, 1.2e-4, "sgd", 0.89, false],
  [35, "running", 0.0541, 21, 94, 0, 0.58, 0.0912, 64, 256, 2, 0.05, 2.4e-5, "sgd", 0.91, false],
  [12, "complete", 0.0561, 27, 109, 2, 0.42, 0.0021, 64, 512, 2, 0.2, 4e-5, "adam", null, false],
  [28, "complete", 0.0574, 27, 172, 1, 0.48, 0.0361, 16, 128, 2, 0.1, 9.7e-6, "sgd", 0.86, false],
  [9, "complete", 0.0603, 27, 104, 0, 0.38, 0.0017, 64, 256, 3, 0.25, 1.1e-3, "adamw", null, false],
  [25, "complete", 0.0627, 27, 140, 3, 0.33, 0.0122, 32, 128, 1, 0.05, 5.5e-6, "sgd", 0.95, true],
  [36, "running", 0.0688, 14, 62, 3, 0.52, 0.0703, 32, 512, 2, 0.1, 6.2e-5, "sgd", 0.93, false],
  [4, "complete", 0.0719, 27, 91, 2, 0.27, 9.4e-4, 128, 256, 2, 0.3, 3.3e-4, "adam", null, true],
  [34, "running", 0.1126, 6, 25, 1, 0.62, 0.0521, 64, 128, 2, 0.15, 1.5e-5, "sgd", 0.88, false],
  [37, "running", 0.487, 2, 9, 2, 1, 0.0101, 32, 256, 1, 0.1, 8.1e-6, "adamw", null, false],
  [31, "pruned", 0.1874, 9, 54, 2, 0.5, 7.9e-4, 128, 64, 3, 0.25, 2.6e-3, "adamw", null, true],
];

const failures: readonly (Line | readonly [...Line])[] = [
  [7, "failed", null, 4, 19, 3, 0.1, 0.0991, 16, 512, 3, 0, 1e-6, "sgd", 0.99, false],
  [19, "failed", null, 0, 3, 1, 0.1, 3e-3, 64, 128, 2, 0.35, 2.2e-4, "adam", null, true],
  [14, "failed", null, 0, 6, 0, 0.1, 5.8e-3, 256, 512, 3, 0.1, 4.7e-5, "adamw", null, false],
];

const reasons: Readonly<Record<number, string>> = {
  7: "loss is NaN",
  19: "exit 1: KeyError: 'val_loss'",
  14: "out of memory: 23.6 GiB asked",
  31: "At step 9 its val_loss of 0.1874 ranked 14 of 17, and hyperband lets the best third go on.",
};

function fromLine(line: Line, random: () => number): Trial {
  const [number, state, value, epoch, seconds, slot, rate, ...values] = line;
  const reason = reasons[number];
  return trialFrom(
    {
      number,
      state,
      value,
      epoch,
      seconds,
      slot,
      rate,
      values,
      ...(reason === undefined ? {} : { reason }),
    },
    random,
  );
}

/** Trials that a rule stopped, for every number from 1 to 37 that the design does not show. */
function stoppedEarly(shown: ReadonlySet<number>, random: () => number): Trial[] {
  const numbers = Array.from({ length: 37 }, (_, place) => place + 1).filter(
    (number) => !shown.has(number),
  );
  return numbers.map((number, place) => {
    const value = place < 5 ? 0.0981 + place * 0.017 : 0.2 + random() * 0.6;
    const values = [
      10 ** (-4 + 3 * random()),
      64,
      128,
      1 + (place % 3),
      0.2,
      10 ** (-6 + 4 * random()),
      "adam",
      null,
      place % 2 === 0,
    ];
    return trialFrom(
      {
        number,
        state: "pruned",
        value,
        epoch: 9,
        seconds: 54,
        slot: place % 4,
        rate: 0.3,
        values,
        reason: "stopped by hyperband at step 9",
      },
      random,
    );
  });
}

export function studyOf(trials: readonly Trial[], more: Partial<BoardStudy> = {}): BoardStudy {
  return {
    key: "/home/me/digits/.sweepdeck/digits-mlp-1",
    name: "digits-mlp",
    objective: { name: "val_loss", goal: "minimize" },
    space: { parameters },
    trials,
    starred: new Set([22, 17]),
    state: "running",
    reason: null,
    conductor: "here",
    conductorName: null,
    cap: 60,
    draws: 37,
    slots: ["GPU 0", "GPU 1", "GPU 2", "GPU 3"],
    lastStep: epochs,
    activeMs: null,
    ...more,
  };
}

export function running(): BoardStudy {
  const random = randomFrom(7);
  const shown = [...designed, ...failures].map((line) => fromLine(line, random));
  const rest = stoppedEarly(new Set(shown.map(({ number }) => number)), random);
  return studyOf([...shown, ...rest].sort((a, b) => a.number - b.number));
}

export function finished(): BoardStudy {
  const { trials } = running();
  const ended = trials.map((trial) =>
    trial.state === "running" ? { ...trial, state: "complete" as const, endedAtMs: now } : trial,
  );
  return studyOf(ended, { state: "finished", conductor: "nobody", cap: 37, slots: [] });
}

export function allFailed(): BoardStudy {
  const random = randomFrom(5);
  const trials = Array.from({ length: 5 }, (_, place) =>
    trialFrom(
      {
        number: place + 1,
        state: "failed",
        value: null,
        epoch: 0,
        seconds: 1,
        slot: place % 2,
        values: [0.01 * (place + 1), 32, 64, 1, 0, 1e-5, "sgd", 0.9, false],
        reason: "exit 1: ModuleNotFoundError: No module named 'torch'",
      },
      random,
    ),
  );
  return studyOf(trials, {
    state: "paused",
    reason:
      "The first five trials all failed: each with “No module named 'torch'”. Mend the script or its interpreter, then resume.",
    draws: 5,
    slots: [],
    starred: new Set(),
  });
}

export function empty(): BoardStudy {
  return studyOf([], { draws: 0, starred: new Set() });
}

const longNames = [
  "lr",
  "batch_size",
  "weight_decay_excluding_norm_and_bias",
  "augmentation.random_horizontal_flip",
  "<img src=x onerror=alert(1)>",
  "optimizer",
  "مُعامل‎",
];

/** Names and values that scripts really have, and some that no one should. */
export function hostile(): BoardStudy {
  const random = randomFrom(11);
  const words = [
    "sharpness_aware_adamw_with_lookahead",
    "<script>alert(1)</script>",
    "𝒂𝒅𝒂𝒎 ‮rtl",
    "a".repeat(3000),
  ];
  const hostileParameters: Parameter[] = longNames.map((name) => ({
    name,
    path: name.split("."),
    distribution:
      name === "lr"
        ? { kind: "log_uniform_values", min: 1e-12, max: 1e12 }
        : { kind: "categorical", values: words },
  }));
  const trials = Array.from({ length: 12 }, (_, place) =>
    trialFrom(
      {
        number: place + 1,
        state: place === 3 ? "failed" : "complete",
        value: place === 3 ? null : ([1e-9, -3, 1e12, Number.POSITIVE_INFINITY, 0][place % 5] ?? 0),
        epoch: 1 + place,
        seconds: 40_000 + place,
        slot: place % 2,
        values: [
          10 ** (-12 + 2 * place),
          words[place % 4] ?? "",
          words[(place + 1) % 4] ?? "",
          words[(place + 2) % 4] ?? "",
          words[place % 4] ?? "",
          words[place % 4] ?? "",
          null,
        ],
        ...(place === 3
          ? { reason: `exit 1: ${"ValueError: <b>unbalanced</b> ".repeat(20)}` }
          : {}),
      },
      random,
      longNames,
    ),
  );
  return studyOf(trials, {
    space: { parameters: hostileParameters },
    name: "a-study-with-a-name-that-nobody-would-ever-give-to-a-sweep-but-somebody-did-1",
    cap: 12,
    draws: 12,
    state: "finished",
    conductor: "nobody",
    objective: { name: "metrics/validation/negative_log_likelihood_per_token", goal: "minimize" },
  });
}

export function thousands(count: number): BoardStudy {
  const random = randomFrom(3);
  const trials = Array.from({ length: count }, (_, place) => {
    const live = place >= count - 4;
    const kind = random();
    const state: TrialState = live
      ? "running"
      : kind < 0.9
        ? "complete"
        : kind < 0.95
          ? "pruned"
          : "failed";
    return trialFrom(
      {
        number: place + 1,
        state,
        value: state === "failed" ? null : 0.05 + random(),
        epoch: state === "failed" ? 1 : 9,
        seconds: 20 + Math.floor(random() * 200),
        slot: place % 4,
        values: [
          10 ** (-4 + 3 * random()),
          16 << (place % 5),
          64 << (place % 4),
          1 + (place % 3),
          0.05 * (place % 9),
          10 ** (-6 + 4 * random()),
          ["sgd", "adam", "adamw"][place % 3] ?? "sgd",
          place % 3 === 0 ? 0.8 + 0.19 * random() : null,
          place % 2 === 0,
        ],
      },
      random,
    );
  });
  return studyOf(trials, { cap: count + 100, draws: count, starred: new Set() });
}
