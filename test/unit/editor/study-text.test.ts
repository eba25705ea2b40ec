import { expect } from "chai";
import type { StudyPicture } from "../../../src/editor/study-picture.js";
import {
  configurationYaml,
  finishedText,
  leaderboardText,
  standingText,
  trialDocument,
} from "../../../src/editor/study-text.js";
import type { Space } from "../../../src/space/space.js";
import { bestTrial } from "../../../src/study/ranking.js";
import type { Trial } from "../../../src/study/trial.js";

const space: Space = {
  parameters: [
    {
      name: "lr",
      path: ["lr"],
      distribution: { kind: "log_uniform_values", min: 1e-8, max: 1e-1 },
    },
    {
      name: "model.depth",
      path: ["model", "depth"],
      distribution: { kind: "categorical", values: [2, 4] },
    },
    { name: "seed", path: ["seed"], distribution: { kind: "constant", value: 7 } },
  ],
};

function trial(number: number, rest: Partial<Trial>): Trial {
  return {
    id: number,
    number,
    state: "complete",
    configuration: { lr: 1e-3, "model.depth": 2, seed: 7 },
    value: null,
    values: [],
    reports: [],
    journaled: [],
    startedAtMs: 0,
    endedAtMs: 65_000,
    ended: null,
    reason: null,
    draw: number,
    initial: null,
    slot: "CPU 0",
    retryOf: null,
    attributes: {},
    ...rest,
  };
}

function picture(trials: readonly Trial[], rest: Partial<StudyPicture> = {}): StudyPicture {
  return {
    key: "/home/me/.sweepdeck/digits-1",
    name: "digits-1",
    objective: { name: "val_acc", goal: "maximize" },
    space,
    trials,
    starred: new Set(),
    state: "running",
    reason: null,
    conductor: "here",
    conductorName: null,
    cap: 4,
    draws: trials.length,
    slots: [],
    lastStep: null,
    activeMs: null,
    sweepFile: "/home/me/sweep.yaml",
    sweepText: "",
    seed: 1,
    initial: [],
    sweep: undefined,
    createdAtMs: 0,
    best: bestTrial(trials, "maximize"),
    ...rest,
  };
}

const two = [
  trial(0, { value: 0.81234 }),
  trial(1, { value: 0.91378, attributes: { "sweepdeck:metrics": { loss: 0.5 } } }),
  trial(2, { state: "failed", reason: "exit 1: no such file" }),
];

describe("a study in a few words", () => {
  it("says how far it is, its best value and whether it runs", () => {
    expect(standingText(picture(two))).to.equal("3/4 · best 0.9138 · running");
    expect(standingText(picture(two, { state: "paused" }))).to.include("· paused");
    expect(standingText(picture(two, { conductor: "nobody" }))).to.include("to be resumed");
  });

  it("counts no further than it goes, and without an end only what has ended", () => {
    expect(standingText(picture([], { cap: null, state: "finished" }))).to.equal("0 · finished");
    const retried = [...two, trial(3, {}), trial(4, { retryOf: 2, draw: null })];
    expect(standingText(picture(retried))).to.match(/^4\/4/);
  });

  it("says of a finished one how many failed, but for those that a rerun has made good", () => {
    const over = picture(two, { state: "finished", cap: 3 });
    expect(standingText(over)).to.equal("2 completed, 1 failed · best 0.9138 · finished");
    const mended = [...two, trial(3, { retryOf: 2, draw: null, value: 0.5 })];
    expect(standingText({ ...over, trials: mended })).to.equal("3/3 · best 0.9138 · finished");
    expect(finishedText(over)).to.equal(
      "digits-1 finished: 2 completed, 1 failed. The best val_acc is 0.9138 (trial 1).",
    );
  });
});

describe("a study as text", () => {
  it("is one sentence a trial, the best first, and what failed last with its reason", () => {
    expect(leaderboardText(picture(two), 0).split("\n")).to.deep.equal([
      "digits-1: 3/4 · best 0.9138 · running.",
      "",
      "Rank 1, trial 1: completed; val_acc 0.9138; lr 1.0e-3, model.depth 2; 1:05.",
      "Rank 2, trial 0: completed; val_acc 0.8123; lr 1.0e-3, model.depth 2; 1:05.",
      "Unranked, trial 2: failed; lr 1.0e-3, model.depth 2; 1:05; exit 1: no such file.",
      "",
    ]);
  });
});

describe("a trial as YAML", () => {
  it("nests its groups, and writes exponents as PyYAML reads numbers", () => {
    const text = configurationYaml(space, { lr: 1e-7, "model.depth": 4, seed: 7 });
    expect(text).to.equal("lr: 1.0e-7\nmodel:\n  depth: 4\nseed: 7\n");
  });

  it("quotes what PyYAML would read as something else", () => {
    const text = configurationYaml(space, { lr: "1e-7", "model.depth": "on", seed: "no" });
    expect(text).to.equal('lr: "1e-7"\nmodel:\n  depth: "on"\nseed: "no"\n');
  });

  it("has in a diff what was tried and what came of it, and nothing that always differs", () => {
    const [first, second] = two.map((one) => trialDocument(picture(two), one));
    expect(second).to.equal(
      "parameters:\n  lr: 0.001\n  model:\n    depth: 2\n  seed: 7\n" +
        "metrics:\n  loss: 0.5\n  val_acc: 0.91378\nstate: Completed\n",
    );
    expect(first).not.to.match(/number|2026|slot/);
  });
});
