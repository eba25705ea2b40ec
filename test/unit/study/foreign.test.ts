import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { Journal } from "../../../src/study/journal.js";
import { JournalLock } from "../../../src/study/lock.js";
import type { Trial } from "../../../src/study/trial.js";
import { addTrial, beginStudy, spaceOf, temporaryFolder } from "../../support/journals.js";
import { type OptunaView, openInOptuna } from "../../support/optuna.js";
import { peerPython } from "../../support/peers.js";

const space = spaceOf({ lr: { kind: "uniform", min: 0, max: 1 } });

describe("a journal that a script of Optuna's writes at the same time", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let journal: Journal;
  let view: OptunaView;
  const ours: Trial[] = [];

  before(async () => {
    const file = path.join(folder.path, "journal.log");
    // On a busy machine the script may hold the lock for longer than the conductor would block.
    const lock = new JournalLock(file, { patienceMs: 30_000 });
    journal = Journal.open(file, { writer: "ours", lock });
    beginStudy(journal, { name: "doomed", space });
    const study = beginStudy(journal, { name: "digits", space });
    const script = path.join(import.meta.dirname, "../../support/foreign_writer.py");
    const foreign = spawn(peerPython(), [script, file], { stdio: ["pipe", "pipe", "inherit"] });
    const exited = once(foreign, "exit");
    let isRunning = true;
    void exited.then(() => {
      isRunning = false;
    });
    await once(foreign.stdout, "data");
    foreign.stdin.end("go\n");
    while (isRunning) {
      await journal.whenFree();
      ours.push(
        addTrial(journal, study, space, {
          configuration: { lr: ours.length / 1e6 },
          reports: [
            [0, 0.5],
            [1, 0.25],
          ],
          end: { state: "complete", values: [0.25] },
        }),
      );
      // Optuna waits for the lock ever more rarely: who never rests keeps it out for ever.
      await setTimeout(100);
    }
    expect(await exited).to.deep.equal([0, null]);
    journal.refresh();
    view = openInOptuna([{ file, ask: ["digits"] }])[0]!;
  });

  const studyOf = (name: string) => view.studies.find((study) => study.name === name);

  it("loses no trial of either", () => {
    const trials = studyOf("digits")!.trials;
    expect(trials).to.have.length(ours.length + 25);
    expect(trials.filter(({ user }) => user.by === "hand")).to.have.length(25);
    expect(new Set(trials.map(({ state }) => state))).to.deep.equal(new Set(["COMPLETE"]));
  });

  it("gives our trials the numbers that Optuna gives them", () => {
    const trials = studyOf("digits")!.trials;
    for (const { number, id, configuration } of ours) {
      expect(trials[number]).to.deep.include({ id, number, params: configuration });
    }
    expect(new Set(ours.map(({ number }) => number)).size).to.equal(ours.length);
  });

  it("is folded as Optuna folds it", () => {
    const folded = journal.fold.ours!;
    const seen = studyOf("digits")!;
    expect(
      folded.trials.map(({ number, id, configuration, value, reports }) => ({
        number,
        id,
        params: configuration,
        values: [value],
        reports,
      })),
    ).to.deep.equal(
      seen.trials.map(({ number, id, params, values, reports }) => ({
        number,
        id,
        params,
        values,
        reports,
      })),
    );
    expect(journal.fold.damagedLines).to.equal(0);
  });

  it("marks the script's trials as nobody's draws", () => {
    const foreign = journal.fold.ours!.trials.filter(({ attributes }) => attributes.by === "hand");
    expect(foreign).to.have.length(25);
    expect(foreign.every(({ draw, slot }) => draw === null && slot === null)).to.equal(true);
  });

  it("shows the study that was deleted, and Optuna does not", () => {
    expect(studyOf("doomed")).to.equal(undefined);
    expect(journal.fold.studies.map(({ name, isDeleted }) => [name, isDeleted])).to.deep.equal([
      ["doomed", true],
      ["digits", false],
    ]);
  });

  it("holds the note that the dashboard's user left", () => {
    const notes = Object.entries(journal.fold.ours!.systemAttributes).filter(([key]) =>
      key.includes("note_str"),
    );
    expect(notes.map(([, note]) => note)).to.deep.equal(["the <b>first</b> note"]);
    expect(studyOf("digits")!.dashboard.study).to.equal(200);
  });

  it("leaves no lock behind", () => {
    expect(existsSync(`${journal.file}.lock`)).to.equal(false);
  });
});
