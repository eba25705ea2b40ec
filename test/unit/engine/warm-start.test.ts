import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { warmStart } from "../../../src/engine/warm-start.js";
import { openStudy, type StudyView } from "../../../src/study/study-view.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import type { Sweep } from "../../../src/sweep/sweep.js";
import { writeScenario } from "../../support/studies.js";

/** The sweep that the studies were made from searches lr in 0.001 to 1, and more. */
const rest = `
  batch_size: {values: [16, 32, 64]}
  optimizer:
    parameters:
      name: {values: [sgd, adam]}
      momentum: {distribution: uniform, min: 0.0, max: 0.95}
  layers: {values: [[32], [64, 32]]}
  epochs: {value: 12}`;
const lr = "\n  lr: {distribution: log_uniform_values, min: 0.001, max: 1.0}";

function sweepOf(
  parameters: string,
  warm = "true",
  metric = "{name: val_accuracy, goal: maximize}",
  method = "bayes",
): Sweep {
  const { sweep, problems } = parseSweep(
    `program: train.py\nmethod: ${method}\nmetric: ${metric}\nparameters:${parameters}\nsweepdeck: {warm_start: ${warm}}\n`,
  );
  if (sweep === undefined) throw new Error(JSON.stringify(problems));
  return sweep;
}

describe("a warm start", () => {
  let folder: string;
  let study: StudyView;
  let complete: StudyView["trials"];

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "warm-"));
    const opened = openStudy(writeScenario("finished", folder));
    if ("problem" in opened) throw new Error(opened.problem.code);
    study = opened.study;
    complete = study.trials.filter(({ state }) => state === "complete");
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const begun = (sweep: Sweep) => {
    const warm = warmStart(sweep, [study]);
    if ("problem" in warm) throw new Error(warm.problem);
    return warm;
  };

  it("takes what completed trials measured, and says so", () => {
    const { earlier, remarks } = begun(sweepOf(lr + rest));
    expect(earlier).to.deep.equal(
      complete.map(({ number, configuration, value }) => ({
        study: "digits-1",
        trial: number,
        configuration,
        values: [value],
      })),
    );
    expect(remarks).to.deep.equal([
      `The search begins with ${complete.length} earlier results of 1 study.`,
    ]);
  });

  it("judges what was measured by the outcomes of the sweep as it is now", () => {
    const plain = sweepOf(lr + rest);
    const outcomes = sweepOf(lr + rest, 'true, outcomes: ["train_loss <= 0.7"]');
    const losses = complete.map(({ attributes }) => attributes["sweepdeck:metrics"]);
    const misses = begun(outcomes).earlier.map(({ violation }) => violation ?? 0);
    expect(misses.map((miss) => miss.toFixed(6))).to.deep.equal(
      losses.map((each) => {
        const loss = Number((each as { train_loss: number }).train_loss);
        return Math.max(0, loss - 0.7).toFixed(6);
      }),
    );
    expect(Math.max(...misses)).to.be.above(0);
    expect(begun(plain).earlier.some(({ violation }) => violation !== undefined)).to.equal(false);
  });

  it("takes nothing without being asked, and nothing for a sampler that does not learn", () => {
    expect(begun(sweepOf(lr + rest, "false"))).to.deep.equal({ earlier: [], remarks: [] });
    expect(begun(sweepOf(lr + rest, "true", undefined, "random"))).to.deep.equal({
      earlier: [],
      remarks: ["random learns from no results: `warm_start` changes nothing."],
    });
  });

  it("leaves out what lies beyond new bounds", () => {
    const narrow = "\n  lr: {distribution: log_uniform_values, min: 0.01, max: 1.0}";
    const { earlier, remarks } = begun(sweepOf(narrow + rest));
    const inside = complete.filter(({ configuration }) => Number(configuration["lr"]) >= 0.01);
    expect(earlier.map(({ trial }) => trial)).to.deep.equal(inside.map(({ number }) => number));
    expect(inside.length).to.be.within(1, complete.length - 1);
    expect(remarks[0]).to.equal(
      `${complete.length - inside.length} of ${complete.length} results of digits-1 lie outside the space and are left out.`,
    );
  });

  it("leaves out other values of what is now held fast, and takes them where a parameter is gone", () => {
    const fixed = begun(sweepOf(lr + rest.replace("{values: [16, 32, 64]}", "{value: 16}")));
    expect(
      new Set(fixed.earlier.map(({ configuration }) => configuration["batch_size"])),
    ).to.deep.equal(new Set([16]));
    const gone = begun(sweepOf(lr + rest.replace("\n  batch_size: {values: [16, 32, 64]}", "")));
    expect(gone.earlier).to.have.length(complete.length);
  });

  it("leaves out what lacks a new parameter, but not a new constant", () => {
    const wider = `${lr}${rest}\n  dropout: {min: 0.0, max: 0.5}`;
    expect(begun(sweepOf(wider)).earlier).to.deep.equal([]);
    expect(begun(sweepOf(`${lr}${rest}\n  workers: {value: 4}`)).earlier).to.have.length(
      complete.length,
    );
  });

  it("passes over a study of another goal, and refuses it where it is named", () => {
    const other = "{name: val_loss, goal: minimize}";
    expect(begun(sweepOf(lr + rest, "true", other))).to.deep.equal({
      earlier: [],
      remarks: [
        "digits-1 maximizes val_accuracy, this sweep minimizes val_loss: its results cannot be compared. It is left out.",
        "There is no earlier study of this sweep to begin with.",
      ],
    });
    expect(warmStart(sweepOf(lr + rest, "[digits-1]", other), [study])).to.deep.equal({
      problem:
        "digits-1 maximizes val_accuracy, this sweep minimizes val_loss: its results cannot be compared. Take it out of `warm_start`.",
    });
  });

  it("refuses a name that is none, and says which there are", () => {
    expect(warmStart(sweepOf(lr + rest, "[digits-7]"), [study])).to.deep.equal({
      problem: "`warm_start` names digits-7, which is no study of this file; it has digits-1.",
    });
  });
});
