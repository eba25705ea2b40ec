import { expect } from "chai";
import { rowOf } from "../../../src/editor/board/boardRows.js";
import { columnsOf } from "../../../src/editor/board/columns.js";
import { compare, detailsOf } from "../../../src/editor/board/comparison.js";
import type { Comparison } from "../../../src/protocol.js";
import { now, running } from "../../ui/support/panel-page/scenarios.js";

const study = running();
const rows = study.trials.map((trial) => rowOf(trial, false, true));
const files = { command: "python train.py --lr=0.1", tail: "KeyError", reports: null };
const looking = {
  columns: columnsOf(study, rows, 0.0512),
  space: study.space,
  rankOf: (row: (typeof rows)[number]) => (row.trial.number === 22 ? 1 : 0),
  shownRankOf: () => 0,
  now,
};

function compared(...numbers: number[]): Comparison {
  const chosen = numbers.flatMap(
    (number) => rows.find(({ trial }) => trial.number === number) ?? [],
  );
  return compare(chosen, new Map(), looking);
}

function cells(comparison: Comparison, name: string): (readonly [string, string, string])[] {
  const all = [...comparison.metrics, ...comparison.differing, ...comparison.identical];
  return (
    all
      .find((row) => row.name === name)
      ?.cells.map(({ text, mark, against }) => [text, mark, against] as const) ?? []
  );
}

describe("the comparison of trials", () => {
  const comparison = compared(22, 17, 12);

  it("puts what differs first and counts the rest as identical", () => {
    expect(comparison.differing.map(({ name }) => name)).to.deep.equal([
      "lr",
      "batch_size",
      "width",
      "dropout",
      "weight_decay",
      "optimizer",
      "momentum",
    ]);
    expect(comparison.identical.map(({ name }) => name)).to.deep.equal([
      "layers",
      "flip",
      "epochs",
      "data",
    ]);
  });

  it("says how numbers differ by ratio, words by a word, and what a condition turned off", () => {
    expect(cells(comparison, "lr")).to.deep.equal([
      ["6.1e-2", "same", ""],
      ["4.4e-2", "changed", "×0.72"],
      ["2.1e-3", "changed", "×0.034"],
    ]);
    expect(cells(comparison, "optimizer").at(-1)).to.deep.equal(["adam", "changed", "changed"]);
    expect(cells(comparison, "momentum").at(-1)).to.deep.equal(["–", "gone", "not used"]);
  });

  it("takes metrics against the baseline, the objective first and the time last", () => {
    expect(comparison.metrics.map(({ name }) => name)).to.deep.equal([
      "val_loss",
      "val_acc",
      "train_loss",
      "Time",
    ]);
    expect(cells(comparison, "val_loss")).to.deep.equal([
      ["0.0512", "same", ""],
      ["0.0515", "same", "+0.0003"],
      ["0.0561", "same", "+0.0049"],
    ]);
    expect(cells(comparison, "Time")[1]).to.deep.equal(["2:38", "same", "−0:03"]);
  });

  it("keeps the groups of nested parameters", () => {
    expect(compared(22, 25).differing.find(({ name }) => name === "flip")?.group).to.deep.equal([
      "aug",
    ]);
  });

  it("gives exact values to the clipboard", () => {
    expect(comparison.table.split("\n")[0]).to.equal("\tTrial 22\tTrial 17\tTrial 12");
    expect(comparison.table).to.include("\nlr\t0.06123724\t0.0442\t0.0021");
  });
});

describe("the details of a trial", () => {
  it("say in a sentence how it stands, and give its values as YAML would", () => {
    const row = rows.find(({ trial }) => trial.number === 22);
    if (row === undefined) throw new Error("no trial 22");
    const details = detailsOf(row, files, looking);
    expect(details.sentence).to.equal("Best so far · completed in 2 min 41 s on GPU 1");
    expect(details.parameters[0]).to.deep.equal({
      name: "lr",
      text: "0.0612372",
      exact: "0.06123724",
    });
    expect(details.command).to.equal("python train.py --lr=0.1");
    expect(details.tail).to.equal(null);
  });

  it("say of a rank that the held order does not show yet that it is the rank by now", () => {
    const [row] = rows;
    if (row === undefined) throw new Error("no trial");
    const said = (rank: number, shown: number) =>
      detailsOf(row, files, { ...looking, rankOf: () => rank, shownRankOf: () => shown }).sentence;
    expect(said(4, 4)).to.match(/^Rank 4 ·/);
    expect(said(4, 2)).to.match(/^Now rank 4 ·/);
    expect(said(1, 2)).to.match(/^Now the best ·/);
  });

  it("show the log's last lines of a trial that failed", () => {
    const row = rows.find(({ trial }) => trial.number === 14);
    if (row === undefined) throw new Error("no trial 14");
    const details = detailsOf(row, files, looking);
    expect(details.sentence).to.equal("Out of memory: 23.6 GiB asked");
    expect(details.tail).to.equal("KeyError");
  });
});
