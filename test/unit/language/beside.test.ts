import { expect } from "chai";
import { isSaidByEveryone, withoutEchoes } from "../../../src/language/beside.js";
import { type Finding, findingsIn } from "../../../src/language/findings.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { positionsOf } from "../../../src/sweep/position.js";

const text = `method: grid
method: grid
methd: 1
parameters:
  lr: {values: [1, 2}
`;

function left(markedByOthers: readonly number[]): readonly Finding["code"][] {
  const positions = positionsOf(text);
  const linesOf = ({ range }: Finding) => ({
    start: positions.at(range.start).line,
    end: positions.at(range.end).line,
  });
  const marks = markedByOthers.map((line) => ({ start: line, end: line }));
  const findings = findingsIn(parseSweep(text), nothingKnown);
  return withoutEchoes(findings, linesOf, marks).map(({ code }) => code);
}

describe("beside another reader of YAML", () => {
  it("says everything where the other marks nothing", () => {
    expect(left([])).to.include.members(["duplicate-key", "unknown-key", "yaml-syntax"]);
  });

  it("leaves a line that is no YAML to the other, where that has marked it", () => {
    expect(left([4])).not.to.include("yaml-syntax");
    expect(left([4])).to.include("duplicate-key");
    expect(left([1])).not.to.include("duplicate-key");
    expect(left([1])).to.include("yaml-syntax");
  });

  it("says what only a reader of sweeps knows, whatever the other has marked", () => {
    const said = left([0, 1, 2, 3, 4]);
    expect(said).to.include("unknown-key");
    expect(said).not.to.include.members(["duplicate-key"]);
  });

  it("counts nothing among the common complaints that is about sweeps", () => {
    const findings = findingsIn(parseSweep("methd: grid\nmethod: 1\n"), nothingKnown);
    expect(findings.filter(isSaidByEveryone)).to.deep.equal([]);
  });
});
