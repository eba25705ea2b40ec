import { expect } from "chai";
import { applyEdits } from "../../../src/language/edit.js";
import { type Fix, fixesFor } from "../../../src/language/fixes.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { yaml } from "../../support/cursor.js";

function fixesOf(text: string, code: string): readonly Fix[] {
  const parsed = parseSweep(text);
  const problem = parsed.problems.find((each) => each.code === code);
  if (problem === undefined) {
    throw new Error(`no ${code} among ${parsed.problems.map((each) => each.code).join(", ")}`);
  }
  return fixesFor(parsed, problem);
}

describe("quick fixes", () => {
  it("leave the choice where several things may be meant", () => {
    const fixes = fixesOf(
      yaml`
        method: random
        metric: {name: loss, goal: lower}
        parameters: {lr: {values: [1, 2]}}
      `,
      "unknown-value",
    );
    expect(fixes.map(({ title }) => title)).to.include.members([
      "Change to minimize",
      "Change to maximize",
    ]);
    expect(fixes.some(({ isPreferred }) => isPreferred)).to.equal(false);
  });

  it("offer quotes where text may be meant", () => {
    const text = yaml`
      method: random
      parameters: {switch: {values: [on, off]}}
    `;
    const quoted = fixesOf(text, "yaml-versions-differ").find(({ title }) => /quotes/.test(title));
    expect(applyEdits(text, quoted?.edits ?? [])).to.include('values: ["on", off]');
  });

  it("only offer to delete where nothing is known of the cure", () => {
    const text = "method: random\nzzz: 1\nparameters: {lr: {values: [1]}}\n";
    const fixes = fixesOf(text, "unknown-key");
    expect(fixes.map(({ title, isPreferred }) => [title, isPreferred])).to.deep.equal([
      ["Delete zzz", false],
    ]);
  });

  it("do not delete a key that shares its line", () => {
    const text = "method: random\nparameters: {lr: {value: 1}, lr: {value: 2}}\n";
    expect(fixesOf(text, "duplicate-key")).to.deep.equal([]);
  });
});

describe("quick fixes of the text", () => {
  const first = (text: string, code: string) =>
    applyEdits(text, fixesOf(text, code)[0]?.edits ?? []);

  it("indent below its key what a tab began", () => {
    const text = (indent: string, deeper: string) =>
      `method: grid\nparameters:\n  lr:\n${indent}values: [0.1]\n  wd:\n${indent}parameters:\n${deeper}a: {value: 1}\n${deeper}b: {value: 2}\n`;
    expect(first(text("\t", "\t\t"), "tab-between-words")).to.equal(text("    ", "      "));
  });

  it("leave it to the user which of two different entries goes", () => {
    const text = (goal: string) =>
      `method: grid\nmetric:\n  name: loss\n  goal: ${goal}\n  goal: minimize\nparameters:\n  lr: {values: [1, 2]}\n`;
    const offered = (goal: string) =>
      fixesOf(text(goal), "duplicate-key").map(({ title, isPreferred }) => [title, isPreferred]);
    const titles = [
      "Delete the first goal, which is overridden",
      "Delete this goal, which overrides the first",
    ];
    expect(offered("maximize")).to.deep.equal(titles.map((title) => [title, false]));
    expect(offered("minimize")).to.deep.equal(titles.map((title, at) => [title, at === 0]));
    const [, other] = fixesOf(text("maximize"), "duplicate-key");
    expect(applyEdits(text("maximize"), other?.edits ?? [])).to.equal(
      text("maximize").replace("  goal: minimize\n", ""),
    );
  });
});
