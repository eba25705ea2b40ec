/** What must not be said of scripts that take their arguments in ways of their own. */
import { expect } from "chai";
import { findingsIn } from "../../../../src/language/findings.js";
import { nothingKnown } from "../../../../src/language/surroundings.js";
import { readScript } from "../../../../src/script/read-script.js";
import { parseSweep } from "../../../../src/sweep/parse.js";
import { sourceFiles } from "../../script/source-files.js";

/** Codes of errors and warnings. */
function saidOf(
  parameters: string,
  script: string,
  {
    words = "'${args}'",
    others = {},
  }: { readonly words?: string; readonly others?: Readonly<Record<string, string>> } = {},
): readonly string[] {
  const reading = readScript("train.py", sourceFiles({ "train.py": script, ...others }));
  if (reading === undefined) throw new Error("train.py was not read.");
  const sweep = `program: train.py
method: random
metric: {name: val_loss, goal: minimize}
command: [python, '\${program}', ${words}]
parameters:
${parameters}
`;
  const program = { kind: "read", path: "train.py", reading } as const;
  return findingsIn(parseSweep(sweep), { ...nothingKnown, program })
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ code }) => code);
}

/** A parser's options, and what the script does with what it parsed. */
function parsing(options: string, then = "args = parser.parse_args()"): string {
  return `
import argparse, ast, json, os, subprocess, sys
parser = argparse.ArgumentParser()
${options}
${then}
print("val_loss=", 0.5)
`;
}

describe("a group that is passed as one argument", () => {
  const group = "  model: {parameters: {width: {values: [1, 2]}}}";

  it("is left in peace where an option of its name takes any text", () => {
    for (const type of ["json.loads", "ast.literal_eval", "str"]) {
      const script = parsing(`parser.add_argument("--model", type=${type})`);
      expect(saidOf(group, script), type).to.be.empty;
    }
  });

  it("is refused where none does, and where a name with a dot is meant", () => {
    const other = parsing('parser.add_argument("--net", type=json.loads)');
    expect(saidOf(group, other)).to.deep.equal(["parameter-refused"]);
    const number = parsing('parser.add_argument("--model", type=int)');
    expect(saidOf(group, number)).to.deep.equal(["parameter-refused"]);
    const whole = parsing('parser.add_argument("--model", type=json.loads)');
    expect(saidOf("  model.width: {values: [1, 2]}", whole)).to.deep.equal(["parameter-refused"]);
  });
});

describe("words of the form name=value", () => {
  const swept = "  optimizer.lr: {values: [0.1, 0.01]}";

  it("are left in peace behind an option or at a place that takes a list of them", () => {
    for (const [options, before] of [
      ['parser.add_argument("--cfg-options", nargs="+", action=DictAction)', "--cfg-options, "],
      ['parser.add_argument("--gin_bindings", nargs="*")', "--gin_bindings, "],
      ['parser.add_argument("--opts", nargs=argparse.REMAINDER)', "--opts, "],
      ['parser.add_argument("opts", nargs=argparse.REMAINDER)', ""],
      ['parser.add_argument("opts", nargs="*")', ""],
    ] as const) {
      const words = `${before}'\${args_no_hyphens}'`;
      expect(saidOf(swept, parsing(options), { words }), options).to.be.empty;
    }
  });

  it("are refused where no list is begun", () => {
    const script = parsing('parser.add_argument("--opts", nargs="+")');
    const words = "'${args_no_hyphens}'";
    expect(saidOf(swept, script, { words })).to.include("arguments-in-other-style");
  });
});
