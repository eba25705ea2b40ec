/** What people and scripts read of trials: differences, tables, objects. */
import { expect } from "chai";
import { diffTrials } from "../../../src/study/diff.js";
import { csvLines, trialRecord } from "../../../src/study/export.js";
import type { Trial } from "../../../src/study/trial.js";
import { epochMs, spaceOf } from "../../support/journals.js";

const space = spaceOf({
  epochs: { kind: "constant", value: 12 },
  lr: { kind: "uniform", min: 0, max: 1 },
  "optimizer.name": { kind: "categorical", values: ["sgd", "adam"] },
  "optimizer.momentum": { kind: "uniform", min: 0, max: 1 },
  head: {
    kind: "categorical",
    values: [
      { layers: [8], bias: true },
      { layers: [8, 8], bias: true },
    ],
  },
});

function trial(number: number, given: Partial<Trial>): Trial {
  return {
    id: number,
    number,
    state: "complete",
    configuration: {},
    value: null,
    values: [],
    reports: [],
    journaled: [],
    startedAtMs: epochMs,
    endedAtMs: epochMs + 1500,
    ended: null,
    reason: null,
    draw: number,
    initial: null,
    retryOf: null,
    slot: "CPU 0",
    attributes: {},
    ...given,
  };
}

const first = trial(3, {
  configuration: {
    epochs: 12,
    lr: 0.5,
    "optimizer.name": "sgd",
    "optimizer.momentum": 0.9,
    head: { layers: [8], bias: true },
  },
  value: 0.25,
  reports: [[0, 0.25]],
  attributes: { "sweepdeck:metrics": { val_loss: 0.3, accuracy: 0.75 } },
});
const second = trial(4, {
  configuration: {
    epochs: 12,
    lr: 0.25,
    "optimizer.name": "adam",
    head: { layers: [8, 8], bias: true },
  },
  value: 0.5,
  attributes: { "sweepdeck:metrics": { accuracy: 0.5, 'wörter, und "mehr"': 1 } },
});

describe("the difference of trials", () => {
  it("has what differs first, down to the leaves, then the metrics with their deltas", () => {
    const rows = diffTrials(space, "val_loss", [first, second]).map(
      ({ kind, path, values, differs, deltas }) => [
        kind,
        path.join("."),
        values,
        differs,
        deltas[1],
      ],
    );
    expect(rows).to.deep.equal([
      ["parameter", "lr", [0.5, 0.25], true, -0.25],
      ["parameter", "optimizer.name", ["sgd", "adam"], true, null],
      ["parameter", "optimizer.momentum", [0.9, undefined], true, null],
      ["parameter", "head.layers", [[8], [8, 8]], true, null],
      ["parameter", "epochs", [12, 12], false, 0],
      ["parameter", "head.bias", [true, true], false, null],
      ["metric", "val_loss", [0.25, 0.5], true, 0.25],
      ["metric", "accuracy", [0.75, 0.5], true, -0.25],
      ["metric", 'wörter, und "mehr"', [undefined, 1], true, null],
    ]);
  });

  it("holds more than two against the first", () => {
    const third = trial(5, { configuration: { lr: 0.75 } });
    const [row] = diffTrials(spaceOf({ lr: { kind: "uniform", min: 0, max: 1 } }), null, [
      first,
      second,
      third,
    ]);
    expect(row).to.deep.include({ values: [0.5, 0.25, 0.75], deltas: [0, -0.25, 0.25] });
  });
});

describe("a trial for scripts", () => {
  it("has its parameters nested and its time in seconds", () => {
    expect(trialRecord(space, first, 1, epochMs)).to.deep.equal({
      number: 3,
      state: "complete",
      params: {
        epochs: 12,
        lr: 0.5,
        optimizer: { name: "sgd", momentum: 0.9 },
        head: { layers: [8], bias: true },
      },
      value: 0.25,
      reports: [[0, 0.25]],
      seconds: 1.5,
      reason: null,
      initial: null,
      attempts: 1,
    });
  });

  it("counts the time of a running one to now, and none for one that never started or is lost", () => {
    const running = trial(0, { state: "running", endedAtMs: null });
    const seconds = (of: Trial) => trialRecord(space, of, 1, epochMs + 60_000).seconds;
    expect(seconds(running)).to.equal(60);
    expect(seconds({ ...running, state: "lost" })).to.equal(null);
    expect(seconds({ ...running, state: "waiting", startedAtMs: null })).to.equal(null);
  });
});

describe("the table of a study", () => {
  it("has a row a trial, quoted where a cell needs it", () => {
    const failed = trial(5, {
      state: "failed",
      reason: 'exit 1: "no"\nway',
      retryOf: 4,
      draw: null,
    });
    expect([...csvLines(space, "val_loss", [first, second, failed], epochMs)]).to.deep.equal([
      'number,state,val_loss,params.epochs,params.lr,params.optimizer.name,params.optimizer.momentum,params.head,metrics.accuracy,"metrics.wörter, und ""mehr""",seconds,started,draw,retry_of,reason\r\n',
      '3,complete,0.25,12,0.5,sgd,0.9,"{""layers"":[8],""bias"":true}",0.75,,1.5,2026-11-24T08:00:00.000Z,3,,\r\n',
      '4,complete,0.5,12,0.25,adam,,"{""layers"":[8,8],""bias"":true}",0.5,1,1.5,2026-11-24T08:00:00.000Z,4,,\r\n',
      '5,failed,,,,,,,,,1.5,2026-11-24T08:00:00.000Z,,4,"exit 1: ""no""\nway"\r\n',
    ]);
  });
});
