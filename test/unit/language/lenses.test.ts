import { expect } from "chai";
import { duration } from "../../../src/language/cost.js";
import { findingsIn } from "../../../src/language/findings.js";
import { lensesOf as lensesOfFindings, type StudyOfFile } from "../../../src/language/lenses.js";
import { nothingKnown, type Surroundings } from "../../../src/language/surroundings.js";
import { type ParsedSweep, parseSweep } from "../../../src/sweep/parse.js";
import { around, commandLine, option } from "../../support/script.js";

const grid = "method: grid\nparameters:\n  a: {values: [1, 2, 3, 3]}\n  b: {min: 1, max: 8}\n";

function lensesOf(parsed: ParsedSweep, studies: readonly StudyOfFile[], known: Surroundings) {
  return lensesOfFindings(parsed, findingsIn(parsed, known), studies, known);
}

function lenses(text: string, ...studies: readonly StudyOfFile[]) {
  return lensesOf(parseSweep(text), studies, nothingKnown);
}

function titles(text: string, ...studies: readonly StudyOfFile[]): string[] {
  return lenses(text, ...studies).map(({ title }) => title);
}

function study(state: StudyOfFile["state"], name = "digits-1"): StudyOfFile {
  return { key: `/w/.sweepdeck/${name}`, name, state, progress: "12/24" };
}

describe("lenses", () => {
  it("offer to try one configuration first on a sweep that never ran", () => {
    expect(titles(grid)).to.deep.equal([
      "Try One Configuration",
      "Run sweep · 24 trials",
      "Preview",
    ]);
  });

  it("count what W&B would run", () => {
    const random = grid.replace("grid", "random");
    expect(titles(`${grid}run_cap: 5\n`)).to.include("Run sweep · 5 trials");
    expect(titles(`${random}run_cap: 1\n`)).to.include("Run sweep · 1 trial");
    expect(titles(random)).to.include("Run sweep · until stopped");
    const large = grid.replace("max: 8", "max: 4000");
    expect(titles(large)).to.include("Run sweep · 12,000 trials");
  });

  it("resume what is unfinished, by its study", () => {
    const [first, ...others] = lenses(grid, study("unfinished"), study("finished", "digits-0"));
    expect(first).to.deep.equal({
      title: "Resume digits-1 · 12/24",
      command: "sweepdeck.resume",
      study: "/w/.sweepdeck/digits-1",
    });
    expect(others.map(({ command }) => command)).to.deep.equal([
      "sweepdeck.runNew",
      "sweepdeck.preview",
      "sweepdeck.openBoard",
    ]);
  });

  it("do not offer to run what runs", () => {
    expect(titles(grid, study("running"))).to.deep.equal([
      "Preview",
      "Leaderboard · digits-1 12/24",
    ]);
  });

  it("run again what is finished", () => {
    expect(titles(grid, study("finished"))).to.include.members([
      "Run sweep · 24 trials",
      "Leaderboard",
    ]);
  });

  it("lead to the errors that keep a sweep from running", () => {
    const commands = lenses("method: gird\nparameters:\n  a: {value: 1}\n");
    expect(commands).to.deep.equal([
      { title: "Fix 1 error to run", command: "editor.action.marker.next" },
    ]);
  });
});

describe("lenses on a sweep that its script refuses", () => {
  it("lead to what is refused, and do not offer to run beside it", () => {
    const script = around({ commandLines: [commandLine([option("a"), option("depth")])] });
    const parsed = parseSweep(`program: train.py\n${grid}`);
    const [first, ...others] = lensesOf(parsed, [], script);
    expect(first).to.deep.equal({
      title: "Fix 1 error to run",
      command: "editor.action.marker.next",
    });
    expect(others.map(({ title }) => title)).to.deep.equal(["Try One Configuration", "Preview"]);
    const again = lensesOf(parsed, [study("unfinished")], script).map(({ command }) => command);
    expect(again).to.deep.equal([
      "editor.action.marker.next",
      "sweepdeck.resume",
      "sweepdeck.tryOne",
      "sweepdeck.preview",
      "sweepdeck.openBoard",
    ]);
  });

  it("count what the file and what the script refuses together", () => {
    const script = around({ commandLines: [commandLine([option("a"), option("depth")])] });
    const text = `program: train.py\n${grid.replace("grid", "gird")}`;
    const [first] = lensesOf(parseSweep(text), [], script);
    expect(first?.title).to.equal("Fix 2 errors to run");
  });

  it("say nothing where it takes them all", () => {
    const script = around({ commandLines: [commandLine([option("a"), option("b")])] });
    const [first] = lensesOf(parseSweep(`program: train.py\n${grid}`), [], script);
    expect(first?.command).to.equal("sweepdeck.tryOne");
  });
});

describe("lenses on what a sweep will cost", () => {
  const known = (secondsPerTrial: number, slots: number): Surroundings => ({
    ...nothingKnown,
    past: { study: "digits-1", secondsPerTrial, slots, best: [] },
  });

  it("tell the time by what trials took before, over the slots", () => {
    const [, run] = lensesOf(parseSweep(grid), [], known(650, 2));
    // 24 trials on two slots are twelve rounds of 650 s.
    expect(run?.title).to.equal("Run sweep · 24 trials · ≈ 2 h 10 min on 2 slots");
  });

  it("go by the slots that the sweep asks for", () => {
    const [, run] = lensesOf(
      parseSweep(`${grid}sweepdeck: {slots: {parallel: 8}}\n`),
      [],
      known(60, 1),
    );
    expect(run?.title).to.include("≈ 3 min on 8 slots");
  });

  it("tell the time of one trial where nothing ends the sweep", () => {
    const [, run] = lensesOf(parseSweep(grid.replace("grid", "random")), [], known(95, 1));
    expect(run?.title).to.equal("Run sweep · until stopped · ≈ 1 min 35 s a trial");
  });

  it("stand above the stopping rule with its schedule", () => {
    const text = `${grid}metric: {name: a}\nearly_terminate: {type: hyperband, min_iter: 2}\n`;
    const schedule = lensesOf(parseSweep(text), [], nothingKnown).at(-1);
    expect(schedule?.title).to.equal(
      "24 trials: 9 go on after 2 reports, 4 after 6, 2 after 18, 1 after 54",
    );
    expect(text.slice(schedule?.at?.start, schedule?.at?.end)).to.equal("early_terminate");
    expect(schedule?.command).to.equal(undefined);
  });
});

describe("durations", () => {
  it("are told in two units", () => {
    const told = [0.2, 45, 95, 3599.9, 7800, 90_000, 86_399].map(duration);
    expect(told).to.deep.equal([
      "1 s",
      "45 s",
      "1 min 35 s",
      "1 h",
      "2 h 10 min",
      "1 d 1 h",
      "1 d",
    ]);
  });
});
