import { expect } from "chai";
import { lensesOf, type StudyOfFile } from "../../../src/language/lenses.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";

const grid = "method: grid\nparameters:\n  a: {values: [1, 2, 3, 3]}\n  b: {min: 1, max: 8}\n";

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
