import { appendFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { Fold } from "../../../src/study/fold.js";
import { Journal } from "../../../src/study/journal.js";
import { JournalReader } from "../../../src/study/journal-reader.js";
import { addTrial, beginStudy, epochMs, spaceOf, temporaryFolder } from "../../support/journals.js";

/** A line as another program writes it, its keys in any order. */
const line = (operation: number, fields: object) =>
  `${JSON.stringify({ ...fields, worker_id: "other", op_code: operation })}\n`;
const study = (name: string) => line(0, { study_name: name, directions: [1] });
const trial = (study_id: number, fields: object = {}) =>
  line(4, { study_id, datetime_start: "2026-11-24T08:00:00.000000+00:00", ...fields });
const float =
  '{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}';

function fold(...lines: readonly string[]): Fold {
  const folded = new Fold();
  folded.apply(lines.join(""));
  return folded;
}

describe("the fold of a journal", () => {
  it("numbers as Optuna does: what Optuna passes over takes no number", () => {
    const { studies } = fold(
      study("a"),
      study("a"),
      study("b"),
      trial(1),
      trial(7),
      trial(0),
      trial(1),
      line(1, { study_id: 0 }),
      trial(0),
      trial(1),
      study("a"),
    );
    expect(studies.map(({ name }) => name)).to.deep.equal(["a", "b", "a"]);
    expect(studies[1]!.trials.map(({ id, number }) => [id, number])).to.deep.equal([
      [0, 0],
      [2, 1],
      [3, 2],
    ]);
  });

  it("shows a deleted study as deleted, with its trials", () => {
    const [deleted] = fold(study("a"), trial(0), line(1, { study_id: 0 })).studies;
    expect(deleted?.isDeleted).to.equal(true);
    expect(deleted?.trials).to.have.length(1);
  });

  it("takes parameters one by one, as a script of Optuna's writes them", () => {
    const { studies } = fold(
      study("a"),
      trial(0),
      line(5, { trial_id: 0, param_name: "lr", param_value_internal: 0.25, distribution: float }),
      line(5, {
        trial_id: 0,
        param_name: "optimizer",
        param_value_internal: 1,
        distribution:
          '{"name": "CategoricalDistribution", "attributes": {"choices": ["sgd", "adam"]}}',
      }),
      line(7, { trial_id: 0, step: 3, intermediate_value: 0.5 }),
      line(6, {
        trial_id: 0,
        state: 1,
        values: [0.5],
        datetime_complete: "2026-11-24T09:00:30.500000+01:00",
      }),
    );
    const [folded] = studies[0]!.trials;
    expect(folded).to.deep.include({
      state: "complete",
      configuration: { lr: 0.25, optimizer: "adam" },
      value: 0.5,
      reports: [[3, 0.5]],
      startedAtMs: epochMs,
      endedAtMs: epochMs + 30_500,
      draw: null,
      slot: null,
    });
  });

  it("lets nothing change a trial that has ended", () => {
    const ended = line(6, { trial_id: 0, state: 1, values: [1], datetime_complete: null });
    const [folded] = fold(
      study("a"),
      trial(0),
      ended,
      line(6, { trial_id: 0, state: 3, values: null }),
      line(7, { trial_id: 0, step: 0, intermediate_value: 9 }),
      line(8, { trial_id: 0, user_attr: { late: true } }),
    ).studies[0]!.trials;
    expect(folded).to.deep.include({ state: "complete", value: 1, reports: [], attributes: {} });
  });

  it("keeps the last of several reports of a step, and orders by step", () => {
    const report = (step: number, intermediate_value: number) =>
      line(7, { trial_id: 0, step, intermediate_value });
    const { studies } = fold(study("a"), trial(0), report(5, 1), report(2, 2), report(5, 3));
    expect(studies[0]!.trials[0]!.reports).to.deep.equal([
      [2, 2],
      [5, 3],
    ]);
  });

  it("waits for a trial that another program has queued", () => {
    const { studies } = fold(
      study("a"),
      trial(0, { state: 4, datetime_start: null }),
      line(6, { trial_id: 0, state: 0, datetime_start: "2026-11-24T08:00:00+00:00" }),
      trial(0, { state: 4, datetime_start: null }),
    );
    expect(studies[0]!.trials.map(({ state, startedAtMs }) => [state, startedAtMs])).to.deep.equal([
      ["running", epochMs],
      ["waiting", null],
    ]);
  });

  it("passes over operations and lines that nobody knows, and counts the damaged ones", () => {
    const folded = fold(
      study("a"),
      line(10, { study_id: 0 }),
      line(99, {}),
      "{torn\n",
      "[]\n",
      '{"op_code":7,"worker_id":"x","trial_id":0,"step":1,"intermediate_value":}\n',
      '{"op_code":4,"worker_id":"x","study_id":0\n',
      trial(0),
    );
    expect(folded.studies[0]!.trials).to.have.length(1);
    expect(folded.damagedLines).to.equal(4);
  });

  it("is not fooled by a value that looks like the end of a line", () => {
    const tail = ',"distributions":{"lr":"x"}}';
    const { studies } = fold(
      study("a"),
      `{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null${tail}\n`,
      `{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"user_attrs":{"note":1${tail}}\n`,
      `{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"user_attrs":{"note":"a"${tail}}\n`,
    );
    expect(studies[0]!.trials.map(({ attributes }) => attributes)).to.deep.equal([
      {},
      { note: 1, distributions: { lr: "x" } },
      { note: "a", distributions: { lr: "x" } },
    ]);
  });

  it("reads reports of every form", () => {
    const report = (rest: string) => `{"op_code":7,"worker_id":"w","trial_id":0,${rest}}\n`;
    const { studies } = fold(
      study("a"),
      trial(0),
      report('"step":0,"intermediate_value":-1.5e-3'),
      report('"step":1,"intermediate_value":NaN'),
      report('"step":2,"intermediate_value":-Infinity'),
      report('"intermediate_value":3,"step":3'),
      '{"op_code": 7, "worker_id": "w\\"", "trial_id": 0, "step": 4, "intermediate_value": 4}\n',
      report('"step":1.5,"intermediate_value":5'),
    );
    expect(studies[0]!.trials[0]!.reports).to.deep.equal([
      [0, -1.5e-3],
      [1, Number.NaN],
      [1.5, 5],
      [2, Number.NEGATIVE_INFINITY],
      [3, 3],
      [4, 4],
    ]);
  });

  it("makes another picture of a trial that changed, and of no other", () => {
    const folded = fold(study("a"), trial(0), trial(0));
    const [before] = [folded.studies[0]!.trials];
    folded.apply(line(7, { trial_id: 1, step: 0, intermediate_value: 1 }));
    const after = folded.studies[0]!.trials;
    expect(after[0]).to.equal(before[0]);
    expect(after[1]).not.to.equal(before[1]);
    expect(before[1]!.reports).to.deep.equal([]);
  });
});

describe("following a journal", function () {
  // Each append waits for the disk, and a busy machine lets it wait.
  this.timeout(20_000);
  const folder = temporaryFolder();
  const space = spaceOf({ lr: { kind: "uniform", min: 0, max: 1 } });
  const written = (name: string, trials: number) => {
    const file = path.join(folder.path, name);
    using journal = Journal.open(file, { writer: "test" });
    const begun = beginStudy(journal, { name: "digits", space });
    for (let trial = 0; trial < trials; trial += 1) {
      addTrial(journal, begun, space, {
        configuration: { lr: trial / 10 },
        end: { state: "complete", values: [trial] },
      });
    }
    return file;
  };

  it("takes a file that is not there for an empty one", () => {
    const reader = new JournalReader(path.join(folder.path, "none.log"));
    expect(reader.refresh()).to.equal(false);
    expect(reader.fold.ours).to.equal(undefined);
  });

  it("reads on where it stopped, letter by letter if need be", () => {
    const file = written("whole.log", 3);
    const bytes = readFileSync(file);
    const growing = path.join(folder.path, "growing.log");
    writeFileSync(growing, "");
    const reader = new JournalReader(growing);
    for (const byte of bytes) {
      appendFileSync(growing, Buffer.of(byte));
      reader.refresh();
    }
    const whole = new JournalReader(file);
    whole.refresh();
    expect(reader.fold.ours!.trials).to.deep.equal(whole.fold.ours!.trials);
    expect(reader.fold.damagedLines).to.equal(0);
  });

  it("starts over with a file that was replaced, or cut back", () => {
    const file = written("first.log", 3);
    const reader = new JournalReader(file);
    reader.refresh();
    renameSync(written("second.log", 5), file);
    expect(reader.refresh()).to.equal(true);
    expect(reader.fold.ours!.trials).to.have.length(5);
    const lines = readFileSync(file, "utf8").split("\n");
    const last = `${lines.at(-2)}\n`;
    truncateSync(file, Buffer.byteLength(lines.join("\n")) - Buffer.byteLength(last));
    expect(reader.refresh()).to.equal(true);
    expect(reader.fold.ours!.trials.at(-1)!.state).to.equal("running");
  });

  it("reads a line longer than it reads at once", () => {
    const file = written("long.log", 1);
    const note = "n".repeat(3 * 1024 * 1024);
    appendFileSync(file, line(2, { study_id: 0, user_attr: { note } }));
    const reader = new JournalReader(file);
    reader.refresh();
    expect(reader.fold.ours!.userAttributes.note).to.equal(note);
  });
});
