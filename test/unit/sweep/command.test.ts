import { expect } from "chai";
import { macroNames } from "../../../src/run/command.js";
import { commandMacros } from "../../../src/sweep/command-rules.js";
import { factsOf, said, sweepOf, withLines } from "../../support/said.js";

const command = (...words: string[]) =>
  withLines("program: train.py", "command:", ...words.map((word) => `  - ${word}`));

describe("the command", () => {
  it("is W&B's where none is written", () => {
    expect(sweepOf(withLines()).command).to.deep.equal([
      "${env}",
      "${interpreter}",
      "${program}",
      "${args}",
    ]);
  });

  it("is its words as Python's str writes them, for W&B's agent calls it", () => {
    const text = command("python", "--n", "3", "1.0", "1e-4", "1.0e-5", "yes", "012", "'07'");
    expect(sweepOf(text).command).to.deep.equal([
      ...["python", "--n", "3", "1.0", "1e-4", "1e-05", "True", "10", "07"],
    ]);
    expect(said(text)).to.deep.equal([
      "hint yaml-versions-differ «yes»",
      "warning yaml-versions-differ «012»",
    ]);
  });

  it("is a list, not a line", () => {
    expect(said(withLines("command: python train.py"))).to.deep.equal([
      "error wrong-type «python train.py»",
    ]);
  });

  it("has macros that are whole words; others are left out or stay as they are", () => {
    expect(said(command("${interpreter}", "${args_json_file}", "--d=${envvar:HOME}"))).to.be.empty;
    expect(said(command("${arg}"))).to.deep.equal(["warning command-unknown-macro «${arg}»"]);
    expect(factsOf(command("${arg}"), "command-unknown-macro").closest).to.equal("${args}");
    expect(said(command("--x=${args}"))).to.deep.equal([
      "warning command-embedded-macro «--x=${args}»",
    ]);
  });

  it("has the macros that running expands", () => {
    expect(Object.keys(commandMacros)).to.deep.equal([...macroNames]);
  });

  it("passes an empty word on as None, and a list as Python prints it", () => {
    expect(said(command("# only a comment"))).to.deep.equal(["warning command-null-element «-»"]);
    const nested = command("[a, 1]");
    expect(said(nested)).to.deep.equal(["warning command-not-a-word «[a, 1]»"]);
    expect(sweepOf(nested).command).to.deep.equal(["['a', 1]"]);
  });

  it("hints at a word that is several", () => {
    expect(said(command("python train.py --x"))).to.deep.equal([
      "warning command-several-words «python train.py --x»",
    ]);
    expect(said(command("'--data /data'"))).to.deep.equal([
      "warning command-several-words «'--data /data'»",
    ]);
    expect(said(command("--note", "'python baseline'"))).to.be.empty;
    expect(said(command("bash", "-c", "'python train.py --x 1'"))).to.be.empty;
  });

  it("needs a program where it names one", () => {
    expect(factsOf(withLines(), "program-missing").severity).to.equal("hint");
    expect(factsOf(withLines("command: ['${program}']"), "program-missing").severity).to.equal(
      "warning",
    );
    expect(factsOf(withLines("command: ['${program}']"), "program-missing").range.start).to.equal(
      withLines("").indexOf("\n\n") + 1,
    );
    expect(() => factsOf(withLines("command: [python, -m, pkg]"), "program-missing")).to.throw();
  });
});
