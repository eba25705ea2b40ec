import { expect } from "chai";
import { applyEdits } from "../../../../src/language/edit.js";
import { findingsIn, fixesOf } from "../../../../src/language/findings.js";
import { newSweepFrom } from "../../../../src/language/new-sweep.js";
import { nothingKnown } from "../../../../src/language/surroundings.js";
import { readScript } from "../../../../src/script/read-script.js";
import type { ScriptReading } from "../../../../src/script/reading.js";
import { parseSweep } from "../../../../src/sweep/parse.js";
import { sourceFiles } from "../../script/source-files.js";

function readingOf(script: string): ScriptReading {
  const reading = readScript("train.py", sourceFiles({ "train.py": script }));
  if (reading === undefined) throw new Error("train.py was not read.");
  return reading;
}

const argparse = (...options: readonly string[]) => `
import argparse
parser = argparse.ArgumentParser()
${options.map((option) => `parser.add_argument(${option})`).join("\n")}
args = parser.parse_args()
`;

/** Each fix of the first problem of that code, by its title, with whether it is preferred and its text. */
function fixed(script: string, parameters: string, code: string) {
  const text = `program: train.py\nmethod: grid\nparameters:\n${parameters}\n`;
  const parsed = parseSweep(text);
  const reading = readingOf(script);
  const around = {
    ...nothingKnown,
    program: { kind: "read", path: "train.py", reading },
  } as const;
  const finding = findingsIn(parsed, around).find((each) => each.code === code);
  if (finding === undefined) throw new Error(`There is no ${code}.`);
  return fixesOf(parsed, finding).map(({ isPreferred, edits }) => ({
    isPreferred,
    text: applyEdits(text, edits),
  }));
}

describe("a flag that is given a boolean", () => {
  it("is swept by what switches it off where it is on by default", () => {
    const script = argparse(`"--bias", action=argparse.BooleanOptionalAction, default=True`);
    const [fix, another] = fixed(script, "  bias: {values: [true, false]}", "boolean-to-a-flag");
    expect(another).to.equal(undefined);
    expect(fix?.isPreferred).to.equal(false);
    expect(fix?.text).to.include("no-bias: {values: [false, true]}");
    expect(fix?.text).to.include("${args_no_boolean_flags}");
  });

  it("gets no macro that another parameter of the sweep cannot do with", () => {
    const script = argparse(`"--amp", action="store_true"`, `"--cache", type=bool`);
    const amp = "  amp: {values: [true, false]}";
    expect(fixed(script, amp, "boolean-to-a-flag")[0]?.isPreferred).to.equal(true);
    expect(fixed(script, `${amp}\n  cache: {value: true}`, "boolean-to-a-flag")).to.be.empty;
  });

  it("keeps its meaning where its name is changed for the opposite", () => {
    const script = argparse(`"--no-residual", dest="residual", action="store_false"`);
    const [fix] = fixed(script, "  residual: {value: true}", "parameter-refused");
    expect(fix?.isPreferred).to.equal(false);
    expect(fix?.text).to.include("no-residual: {value: false}");
  });

  it("stands in a new sweep only as the command can give it", () => {
    const hugging = newSweepFrom(
      readingOf(`
from dataclasses import dataclass
from transformers import HfArgumentParser

@dataclass
class Arguments:
    lr: float = 0.1
    shuffle: bool = True

(args,) = HfArgumentParser(Arguments).parse_args_into_dataclasses()
`),
      "train.py",
    ).text;
    expect(hugging).not.to.include("args_no_boolean_flags");
    expect(hugging).to.include("shuffle").and.not.to.include("no_shuffle");
    const optional = newSweepFrom(
      readingOf(argparse(`"--bias", action=argparse.BooleanOptionalAction, default=True`)),
      "train.py",
    ).text;
    expect(optional).to.include("no-bias").and.to.include("${args_no_boolean_flags}");
    expect(optional).not.to.match(/(?<!no-)bias:/);
  });
});
