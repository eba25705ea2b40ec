import { expect } from "chai";
import type { BoardStudy } from "../../../src/editor/board/boardHost.js";
import { rowOf } from "../../../src/editor/board/boardRows.js";
import {
  actionsOf,
  announcementOf,
  headline,
  noticeOf,
  queueText,
  spanText,
  standingMarks,
} from "../../../src/editor/board/headline.js";
import { now, study, trial } from "./trials.js";

function standing(of: BoardStudy) {
  const rows = of.trials.map((each) => rowOf(each, false, true));
  const [best] = rows.filter(({ state }) => state === "complete").sort((a, b) => a.value - b.value);
  return { rows, best: best ?? null, format: { kind: "fixed" as const, decimals: 4 }, now };
}

function said(of: BoardStudy): string {
  return headline(of, standing(of))
    .map(({ text }) => text)
    .join("");
}

const done = [trial(1, { value: 0.0561 }), trial(2, { value: 0.0512 })];
const live = trial(3, { state: "running", startedAtMs: now - 30_000, endedAtMs: null });
const running = study([...done, live], { cap: 10, draws: 3, slots: ["GPU 0", "GPU 1"] });

describe("the headline", () => {
  it("says where a running sweep stands, what is best, and about how long it takes", () => {
    // Each trial took 60 s: 7 to come and half of one, over two slots.
    expect(said(running)).to.equal(
      "2 of 10 done · 1 running on 2 GPUs · best 0.0512 (trial 2) · about 3 min 50 s left",
    );
  });

  it("leads from the best value to its trial", () => {
    expect(
      headline(running, standing(running)).filter(({ trial }) => trial !== null),
    ).to.deep.equal([{ text: "trial 2", trial: 2 }]);
  });

  it("does not guess from one trial, nor where nothing ends the sweep", () => {
    expect(said(study([trial(1, { value: 0.1 }), live], { cap: 10, draws: 2 }))).not.to.include(
      "left",
    );
    expect(said(study([...done, live], { cap: null }))).to.match(/^2 done, no end set · 1 running/);
  });

  it("sums up a finished sweep", () => {
    const over = study(done, { state: "finished", conductor: "nobody", cap: 2, draws: 2 });
    expect(said(over)).to.equal("Finished · 2 trials in 1 min 1 s · best 0.0512 (trial 2)");
    // The hours between two sittings are not the sweep's.
    expect(said({ ...over, activeMs: 15_000 })).to.match(/^Finished · 2 trials in 15 s/);
  });

  it("says of a finished sweep how many failed", () => {
    const crashed = [...done, trial(3, { state: "failed" }), trial(4, { state: "failed" })];
    const mended = [...crashed, trial(5, { value: 0.2, retryOf: 4, draw: null })];
    const over = study(mended, { state: "finished", conductor: "nobody", cap: 4, draws: 4 });
    expect(said(over)).to.match(/^Finished · 3 completed, 1 failed in/);
    expect(actionsOf(over, standing(over).rows)).to.include("rerunFailed");
    expect(actionsOf(running, standing(running).rows)).not.to.include("rerunFailed");
  });

  it("counts neither a stopped trial as done nor a rerun as another", () => {
    const stopped = trial(4, { state: "stopped" });
    const rerun = trial(5, { value: 0.2, retryOf: 1, draw: null });
    expect(said({ ...running, trials: [...done, live, stopped, rerun] })).to.match(/^2 of 10 done/);
    const again = trial(6, { value: 0.2, retryOf: 4, draw: null });
    expect(said({ ...running, trials: [...done, live, stopped, rerun, again] })).to.match(
      /^3 of 10 done/,
    );
  });

  it("names a sweep that crashed while running as conducted by nobody, and offers to resume", () => {
    const alone = { ...running, conductor: "nobody" as const };
    const { rows } = standing(alone);
    expect(said(alone)).to.match(/^Not conducted · 2 of 10 done/);
    expect(noticeOf(alone, rows)).to.deep.equal({
      severity: "warning",
      text: "Nobody conducts this sweep; 1 trial still runs: resume it to go on.",
      action: { label: "Resume Sweep", action: "resume" },
    });
    expect(actionsOf(alone, rows)).to.include("resume").and.not.to.include("pause");
  });

  it("says why it is paused, and who else conducts", () => {
    const paused = { ...running, state: "paused" as const, reason: "The disk is full." };
    expect(noticeOf(paused, standing(paused).rows)).to.deep.include({
      severity: "warning",
      text: "The disk is full.",
    });
    const asked = { ...paused, reason: "paused by the editor" };
    expect(noticeOf(asked, standing(asked).rows)).to.deep.include({
      severity: "info",
      text: "Paused. Resume it to go on.",
    });
    const elsewhere = {
      ...running,
      conductor: "elsewhere" as const,
      conductorName: "the command line (pid 4711)",
    };
    expect(noticeOf(elsewhere, standing(elsewhere).rows)?.text).to.match(
      /^Conducted by the command line \(pid 4711\)/,
    );
  });

  it("says of a sweep in which nothing completed how the last one ended", () => {
    const useless = study([trial(1, { state: "failed", reason: "exit 1" })], {
      state: "finished",
      conductor: "nobody",
      cap: 1,
      draws: 1,
    });
    expect(said(useless)).to.match(/^Finished · no trial completed/);
    expect(noticeOf(useless, standing(useless).rows)).to.deep.include({
      severity: "error",
      text: "No trial completed: the last ended with “exit 1”.",
    });
  });

  it("tells what the queue waits for", () => {
    const { rows } = standing(running);
    expect(queueText(running, rows)).to.equal("7 queued · next: trial 4 when a slot is free");
    expect(queueText({ ...running, state: "paused" }, rows)).to.equal(
      "7 queued · they start when the sweep is resumed",
    );
    expect(queueText({ ...running, state: "interrupted" }, rows)).to.equal(
      "7 not started · resume the sweep to run them",
    );
    expect(queueText({ ...running, cap: null }, rows)).to.equal(null);
  });
});

describe("announcements", () => {
  const marks = standingMarks(running, standing(running));

  it("are silent while only values change", () => {
    const later = { ...running, trials: [...done, { ...live, value: 0.2 }] };
    expect(announcementOf(marks, later, standing(later))).to.equal(null);
  });

  it("tell of a new best, a failure and the end", () => {
    const better = {
      ...running,
      trials: [...done, { ...live, state: "complete" as const, value: 0.01, endedAtMs: now }],
    };
    expect(announcementOf(marks, better, standing(better))).to.equal("Trial 3 is the best so far.");
    const failed = {
      ...running,
      trials: [...done, { ...live, state: "failed" as const, endedAtMs: now }],
    };
    expect(announcementOf(marks, failed, standing(failed))).to.equal("Trial 3 failed.");
    const over = { ...running, state: "finished" as const };
    expect(announcementOf(marks, over, standing(over))).to.equal("The sweep is finished.");
  });
});

describe("spans of time", () => {
  it("are said in at most two units", () => {
    const spans = [0, 54, 161, 600, 1080, 4320, 7200, 187_200].map(spanText);
    expect(spans).to.deep.equal([
      "0 s",
      "54 s",
      "2 min 41 s",
      "10 min",
      "18 min",
      "1 h 12 min",
      "2 h",
      "2 d 4 h",
    ]);
  });
});
