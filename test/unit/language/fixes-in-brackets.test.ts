/** In brackets a line break means nothing: what cures a block would break them. */
import { expect } from "chai";
import { applyEdits } from "../../../src/language/edit.js";
import { findingsIn, fixesOf } from "../../../src/language/findings.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";

const head = "program: train.py\nmethod: random\nmetric: {name: val_loss, goal: minimize}\n";

/** What the first fix of a code makes of a text; undefined where none is offered. */
function cured(text: string, code: string): string | undefined {
  const parsed = parseSweep(text);
  const finding = findingsIn(parsed, nothingKnown).find((each) => each.code === code);
  if (finding === undefined) throw new Error(`no ${code}`);
  const [fix] = fixesOf(parsed, finding);
  return fix && applyEdits(text, fix.edits);
}

describe("in brackets that span lines", () => {
  it("a value alone becomes a definition in brackets", () => {
    expect(cured(`${head}parameters: {\n  epochs: 10\n}\n`, "parameter-not-a-map")).to.equal(
      `${head}parameters: {\n  epochs: {value: 10}\n}\n`,
    );
    expect(cured(`${head}parameters: {\n lr: [0.1, 0.2]\n}\n`, "parameter-not-a-map")).to.equal(
      `${head}parameters: {\n lr: {values: [0.1, 0.2]}\n}\n`,
    );
  });

  it("no key is moved with its comma", () => {
    const method = `program: train.py\nparameters: {\n method: grid,\n lr: {values: [1, 2]}\n}\n`;
    expect(cured(method, "misplaced-key")).to.equal(undefined);
    const bounds = `${head}parameters: {\n lr: ,\n min: 1,\n max: 2\n}\n`;
    expect(cured(bounds, "misplaced-key")).to.equal(undefined);
  });

  it("a goal comes behind a comma, before the comment of its line", () => {
    const text = (metric: string) =>
      `program: train.py\nmethod: random\nmetric: {\n  name: val_acc${metric} # c\n}\nparameters: {lr: {values: [1, 2]}}\n`;
    expect(cured(text(""), "goal-missing")).to.equal(text(", goal: maximize"));
  });

  it("a macro gets the quotes that its own brackets need", () => {
    const command = (words: string) =>
      `${head}parameters: {lr: {values: [1, 2]}}\ncommand: [${words}]\n`;
    expect(cured(command('python, $program, "${args}"'), "command-macro-form")).to.equal(
      command('python, "${program}", "${args}"'),
    );
    expect(cured(command("python, '$program', \"${args}\""), "command-macro-form")).to.equal(
      command("python, '${program}', \"${args}\""),
    );
  });
});
