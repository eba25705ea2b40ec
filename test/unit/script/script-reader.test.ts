import { expect } from "chai";
import { readScript, scriptReader } from "../../../src/script/read-script.js";
import { sourceFiles } from "./source-files.js";

const program = "import options\noptions.parser.parse_args()\n";
const options = (name: string) => `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--${name}")
`;

describe("a reader of scripts", () => {
  it("gives the same reading as long as nothing has changed", () => {
    const read = scriptReader();
    const texts = { "train.py": program, "options.py": options("lr") };
    expect(read("train.py", sourceFiles(texts))).to.equal(read("train.py", sourceFiles(texts)));
  });

  it("reads anew what has changed, a module that was missing too", () => {
    const read = scriptReader();
    const names = (texts: Record<string, string>) =>
      read("train.py", sourceFiles(texts))?.commandLines.flatMap((line) =>
        line.options.map(({ name }) => name),
      );
    expect(names({ "train.py": program })).to.be.empty;
    expect(names({ "train.py": program, "options.py": options("lr") })).to.deep.equal(["lr"]);
    expect(names({ "train.py": program, "options.py": options("width") })).to.deep.equal(["width"]);
  });

  it("has no reading of a program that is not there", () => {
    expect(readScript("train.py", sourceFiles({}))).to.equal(undefined);
  });
});
