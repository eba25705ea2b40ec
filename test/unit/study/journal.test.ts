import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import fc from "fast-check";
import { tornFile } from "../../../src/study/append.js";
import type { FoldedStudy } from "../../../src/study/folded-study.js";
import { Journal, JournalBusy, StudyDeleted } from "../../../src/study/journal.js";
import { JournalReader } from "../../../src/study/journal-reader.js";
import { JournalLock } from "../../../src/study/lock.js";
import { addTrial, beginStudy, epochMs, spaceOf, temporaryFolder } from "../../support/journals.js";
import { openInOptuna } from "../../support/optuna.js";

const space = spaceOf({ lr: { kind: "uniform", min: 0, max: 1 } });
const configuration = { lr: 0.5 };
const complete = { state: "complete", values: [0.25] } as const;

describe("the journal", function () {
  // Each append waits for the disk, and a busy machine lets it wait.
  this.timeout(20_000);
  const folder = temporaryFolder();
  let count = 0;
  let file = "";

  beforeEach(() => {
    count += 1;
    file = path.join(folder.path, `${count}.log`);
  });

  const begin = (options: Partial<Parameters<typeof Journal.open>[1]> = {}) => {
    const journal = Journal.open(file, { writer: "test", ...options });
    return { journal, study: beginStudy(journal, { name: "digits", space }) };
  };
  const add = (journal: Journal, study: FoldedStudy, end = true) =>
    addTrial(journal, study, space, end ? { configuration, end: complete } : { configuration });

  it("gives a trial its number among those of other writers", () => {
    const { journal, study } = begin();
    const other = Journal.open(file, { writer: "other" });
    add(other, other.fold.ours!);
    const ours = add(journal, study, false);
    expect(ours.number).to.equal(1);
    expect(journal.fold.ours?.trials.map(({ state }) => state)).to.deep.equal([
      "complete",
      "running",
    ]);
  });

  it("tells the number in a study from the number in the file", () => {
    const { journal, study } = begin();
    add(journal, study);
    const second = beginStudy(journal, { name: "digits v2", space });
    const trial = add(journal, second);
    expect(trial).to.include({ id: 1, number: 0 });
    expect(journal.fold.ours?.name).to.equal("digits v2");
  });

  it("holds reports back until they are flushed, and writes them before a change of state", () => {
    const { journal, study } = begin();
    const trial = add(journal, study, false);
    const before = readFileSync(file, "utf8");
    journal.report(trial.id, 0, 0.9);
    expect(readFileSync(file, "utf8")).to.equal(before);
    journal.flush();
    journal.report(trial.id, 1, 0.5);
    const ended = journal.finishTrial(trial.id, {
      ...complete,
      attributes: {},
      endedAtMs: epochMs,
    });
    expect(ended.reports).to.deep.equal([
      [0, 0.9],
      [1, 0.5],
    ]);
  });

  it("shows a running trial's best value, or its last where the sweep says so", () => {
    const { journal, study } = begin();
    const trial = add(journal, study, false);
    for (const [step, value] of [0.9, Number.NaN, 0.3, 0.6].entries()) {
      journal.report(trial.id, step, value);
    }
    journal.flush();
    expect(journal.trial(trial.id).value).to.equal(0.3);
    const last = { name: "loss", goal: "minimize", value: "last" };
    journal.setStudyAttribute(study, "sweepdeck:objective", last);
    expect(journal.fold.ours?.trials[0]?.value).to.equal(0.6);
  });

  it("writes the reason before the state, so that no state stands without it", () => {
    const { journal, study } = begin();
    const trial = add(journal, study, false);
    journal.finishTrial(trial.id, {
      state: "failed",
      attributes: { "sweepdeck:reason": "exit 1" },
      endedAtMs: epochMs,
    });
    const operations = readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).op_code);
    expect(operations.slice(-2)).to.deep.equal([8, 6]);
  });

  it("writes nothing when the fence says that another conducts, and keeps the reports", () => {
    let overtaken = false;
    const { journal, study } = begin({
      fence: () => {
        if (overtaken) throw new Error("overtaken");
      },
    });
    const trial = add(journal, study, false);
    const before = readFileSync(file, "utf8");
    overtaken = true;
    journal.report(trial.id, 0, 0.5);
    expect(() => journal.flush()).to.throw("overtaken");
    expect(readFileSync(file, "utf8")).to.equal(before);
    expect(existsSync(`${file}.lock`)).to.equal(false);
    overtaken = false;
    journal.flush();
    expect(journal.trial(trial.id).reports).to.deep.equal([[0, 0.5]]);
  });

  it("finishes beginning a study that a crash left without its attributes", () => {
    writeFileSync(
      file,
      '{"op_code":0,"worker_id":"dead","study_name":"digits","directions":[1]}\n',
    );
    const { journal, study } = begin();
    expect(journal.fold.studies).to.have.length(1);
    expect(study.space).to.deep.equal(space);
  });

  it("adds nothing to a study that another program has deleted, and says so", () => {
    const { journal, study } = begin();
    const running = add(journal, study, false);
    appendFileSync(file, '{"op_code":1,"worker_id":"dashboard","study_id":0}\n');
    expect(() => add(journal, study)).to.throw(StudyDeleted, "another program deleted");
    journal.refresh();
    expect(() => add(journal, study)).to.throw(StudyDeleted);
    const ended = journal.finishTrial(running.id, { ...complete, attributes: {}, endedAtMs: 0 });
    expect(ended.state).to.equal("complete");
  });

  it("does not begin a journal again that has vanished", () => {
    const { journal, study } = begin();
    const trial = add(journal, study, false);
    unlinkSync(file);
    journal.report(trial.id, 0, 0.5);
    expect(() => journal.flush()).to.throw("ENOENT");
    expect(existsSync(file)).to.equal(false);
  });

  describe("with a torn last line", () => {
    it("leaves it to readers to wait for its end", () => {
      const { journal, study } = begin();
      add(journal, study);
      const reader = new JournalReader(file);
      reader.refresh();
      const line = '{"op_code":2,"worker_id":"x","study_id":0,"user_attr":{"a":1}}\n';
      appendFileSync(file, line.slice(0, 20));
      expect(reader.refresh()).to.equal(false);
      appendFileSync(file, line.slice(20));
      expect(reader.refresh()).to.equal(true);
      expect(reader.fold.ours?.userAttributes.a).to.equal(1);
    });

    it("cuts it back before it appends, and keeps the bytes", () => {
      const { journal, study } = begin();
      const torn = `{"op_code":4,"worker_id":"${"x".repeat(200_000)}`;
      appendFileSync(file, torn);
      const trial = add(journal, study);
      expect(trial.number).to.equal(0);
      expect(readFileSync(tornFile(file), "utf8")).to.equal(`${torn}\n`);
      expect(readFileSync(file, "utf8")).not.to.include("xxx");
    });

    it("heals wherever the file was cut, so that Optuna opens it", function () {
      this.timeout(60_000);
      const { journal, study } = begin();
      for (let trial = 0; trial < 5; trial += 1) add(journal, study);
      const whole = readFileSync(file);
      const healed: string[] = [];
      fc.assert(
        fc.property(fc.integer({ min: 0, max: whole.length }), (length) => {
          const cut = path.join(folder.path, `cut-${length}.log`);
          writeFileSync(cut, whole);
          truncateSync(cut, length);
          const survivor = Journal.open(cut, { writer: "survivor" });
          const before = survivor.fold.studies[0]?.trials.length ?? 0;
          const resumed = beginStudy(survivor, { name: "digits", space });
          expect(add(survivor, resumed).number).to.equal(before);
          healed.push(cut);
        }),
        { numRuns: 30 },
      );
      const files = [...new Set(healed)].map((cut) => ({ file: cut }));
      for (const view of openInOptuna(files)) {
        expect(view.error).to.equal(undefined);
        expect(view.studies[0]?.trials.at(-1)?.state).to.equal("COMPLETE");
      }
    });
  });

  describe("on a disk without room", () => {
    it("leaves no half line, says so, and goes on when there is room", function () {
      this.timeout(20_000);
      begin();
      const script = path.join(import.meta.dirname, "../../support/write_until_full.ts");
      const shell = 'trap "" XFSZ; ulimit -f 16; exec "$0" --import=tsx "$@"';
      const run = spawnSync("bash", ["-c", shell, process.execPath, script, file], {
        encoding: "utf8",
      });
      expect(run.stdout, run.stderr).to.equal("DiskFull\n");
      const text = readFileSync(file, "utf8");
      expect(text.endsWith("\n")).to.equal(true);
      const { journal, study } = begin();
      const before = study.trials.length;
      expect(before).to.be.greaterThan(0);
      expect(add(journal, study).number).to.equal(before);
      expect(journal.fold.damagedLines).to.equal(0);
    });
  });

  describe("under Optuna's lock", () => {
    it("holds a link to its own absolute path while it writes, and none afterwards", () => {
      let target = "";
      const { journal, study } = begin({
        fence: () => {
          target = readlinkSync(`${file}.lock`);
        },
      });
      add(journal, study);
      expect(target).to.equal(path.resolve(file));
      expect(lstatSync(`${file}.lock`, { throwIfNoEntry: false })).to.equal(undefined);
    });

    it("says that others write, when they do so for long", () => {
      const lock = new JournalLock(file, { patienceMs: 5 });
      const { journal, study } = begin({ lock });
      symlinkSync(file, `${file}.lock`);
      expect(() => add(journal, study)).to.throw(JournalBusy);
    });

    it("breaks a lock that was left behind", async () => {
      const lock = new JournalLock(file, { patienceMs: 5, graceMs: 20 });
      const { journal, study } = begin({ lock });
      symlinkSync(file, `${file}.lock`);
      await journal.whenFree();
      expect(add(journal, study).number).to.equal(0);
    });

    it("does not break a lock whose owners change, however long it waits", async () => {
      writeFileSync(file, "");
      const renew = () => {
        unlinkSync(`${file}.lock`);
        symlinkSync(file, `${file}.lock`);
      };
      symlinkSync(file, `${file}.lock`);
      let renewals = 0;
      const free = new JournalLock(file, { graceMs: 50 }).whenFree();
      while (renewals < 40) {
        await setTimeout(5);
        renew();
        renewals += 1;
      }
      unlinkSync(`${file}.lock`);
      await free;
    });

    it("does not write when its lock was broken while it slept", () => {
      let naps = 0;
      const { journal, study } = begin({
        fence: () => {
          naps += 1;
          // What a waiter of Optuna's does to a lock of half a minute's age.
          if (naps === 4) {
            unlinkSync(`${file}.lock`);
            symlinkSync(file, `${file}.lock`);
          }
        },
        lock: new JournalLock(file, { patienceMs: 5 }),
      });
      const trial = add(journal, study, false);
      const before = readFileSync(file, "utf8");
      journal.report(trial.id, 0, 0.5);
      expect(() => journal.flush()).to.throw(JournalBusy);
      expect(readFileSync(file, "utf8")).to.equal(before);
      expect(readlinkSync(`${file}.lock`), "the other's lock").to.equal(file);
      unlinkSync(`${file}.lock`);
      journal.flush();
      expect(journal.trial(trial.id).reports).to.deep.equal([[0, 0.5]]);
    });
  });
});
