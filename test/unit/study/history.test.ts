import path from "node:path";
import { expect } from "chai";
import type { FoldedStudy } from "../../../src/study/folded-study.js";
import { historyOf } from "../../../src/study/history.js";
import { Journal } from "../../../src/study/journal.js";
import { addTrial, beginStudy, spaceOf, temporaryFolder } from "../../support/journals.js";

const space = spaceOf({ lr: { kind: "uniform", min: 0, max: 1 } });
const endedAtMs = Date.UTC(2026, 10, 24, 9);

describe("the history of a study", () => {
  const folder = temporaryFolder();

  function begun(name: string): { readonly journal: Journal; readonly study: FoldedStudy } {
    const journal = Journal.open(path.join(folder.path, `${name}.log`), { writer: "test" });
    return { journal, study: beginStudy(journal, { name, space }) };
  }
  const begin = (journal: Journal, study: FoldedStudy, lr: number, draw?: number) =>
    addTrial(journal, study, space, {
      configuration: { lr },
      attributes: draw === undefined ? {} : { "sweepdeck:draw": draw },
    });
  const observed = (study: FoldedStudy) => historyOf(study.trials).observations;

  it("has the order in which results were seen, which is not that of the trials", () => {
    const { journal, study } = begun("order");
    const [first, second, third] = [0.1, 0.2, 0.3].map((lr, draw) =>
      begin(journal, study, lr, draw),
    );
    const attributes = {};
    journal.finishTrial(third!.id, { state: "complete", values: [3], attributes, endedAtMs });
    journal.finishTrial(first!.id, { state: "failed", attributes, endedAtMs });
    expect(observed(study).map(({ ended }) => ended)).to.deep.equal([1, null, 0]);
    journal.finishTrial(second!.id, { state: "pruned", values: [1], attributes, endedAtMs });
    expect(observed(study).map(({ ended }) => ended)).to.deep.equal([1, 2, 0]);
    expect(observed(study).map(({ state }) => state)).to.deep.equal([
      "failed",
      "pruned",
      "complete",
    ]);
  });

  it("counts a foreign trial that comes in ended among the endings, and as no draw", () => {
    const { journal, study } = begun("foreign");
    const own = begin(journal, study, 0.1, 0);
    // As `study.add_trial` of Optuna writes it, in one line.
    const line = {
      op_code: 4,
      worker_id: "other",
      study_id: study.id,
      state: 1,
      values: [0.5],
      params: { lr: 0.25 },
      distributions: {
        lr: '{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}',
      },
      datetime_start: "2026-11-24T08:00:00.000000+00:00",
      datetime_complete: "2026-11-24T08:00:10.000000+00:00",
    };
    journal.fold.apply(`${JSON.stringify(line)}\n`);
    const end = { state: "complete", values: [1], attributes: {}, endedAtMs } as const;
    journal.fold.trial(own.id)?.setState(1, end.values, undefined, undefined);
    study.settle();
    expect(historyOf(study.trials).draws).to.equal(1);
    expect(observed(study).map(({ ended, draw }) => [ended, draw])).to.deep.equal([
      [1, 0],
      [0, null],
    ]);
  });

  it("has what the user ended, and what is lost, as tried and without a value", () => {
    const { journal, study } = begun("stopped");
    const stopped = addTrial(journal, study, space, {
      configuration: { lr: 0.5 },
      reports: [[0, 7]],
      end: { state: "stopped" },
    });
    const lost = addTrial(journal, study, space, { configuration: { lr: 0.6 }, reports: [[0, 7]] });
    journal.setTrialAttributes(lost.id, { "sweepdeck:state": "lost" });
    study.settle();
    expect(stopped.state).to.equal("stopped");
    for (const observation of observed(study)) {
      expect(observation).to.include({ state: "stopped", value: null });
    }
    expect(observed(study).map(({ configuration }) => configuration)).to.deep.equal([
      { lr: 0.5 },
      { lr: 0.6 },
    ]);
  });

  it("has each objective of a complete trial where there are several, and how far constraints are missed", () => {
    const name = "several";
    const journal = Journal.open(path.join(folder.path, `${name}.log`), { writer: "test" });
    const study = beginStudy(journal, {
      name,
      space,
      goals: ["minimize", "maximize"],
      metricNames: ["loss", "speed"],
    });
    addTrial(journal, study, space, {
      configuration: { lr: 0.5 },
      attributes: { constraints: [-1, 0.5, 2] },
      end: { state: "complete", values: [1, 2] },
    });
    addTrial(journal, study, space, { configuration: { lr: 0.6 } });
    expect(observed(study).map(({ values, violation }) => [values, violation])).to.deep.equal([
      [[1, 2], 2.5],
      [[], 0],
    ]);
  });

  it("contains no report that the journal does not", () => {
    const { journal, study } = begun("held");
    const trial = begin(journal, study, 0.1, 0);
    journal.report(trial.id, 0, 3);
    expect(observed(study)[0]?.reports).to.deep.equal([]);
    journal.flush();
    expect(observed(study)[0]?.reports).to.deep.equal([[0, 3]]);
  });

  it("shows a trial under the same configuration for as long as that is the same", () => {
    const { journal, study } = begun("same");
    const trial = begin(journal, study, 0.1, 0);
    const before = observed(study)[0];
    journal.report(trial.id, 0, 3);
    journal.flush();
    const after = observed(study)[0];
    expect(after).not.to.equal(before);
    expect(after?.configuration).to.equal(before?.configuration);
  });
});
