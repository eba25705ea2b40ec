import { expect } from "chai";
import { problemsOf } from "../../../src/language/problems.js";
import { yaml } from "../../support/cursor.js";

describe("problems for editors and scripts", () => {
  it("carry code, severity, message and a zero-based range", () => {
    const text = yaml`
      method: random
      parameters:
        lr:
          minn: 1
          max: 2
    `;
    const [problem] = problemsOf(text).filter(({ code }) => code === "unknown-key");
    expect(problem?.severity).to.equal("error");
    expect(problem?.message).to.include("Did you mean `min`?");
    expect(problem?.range).to.deep.equal({
      start: { line: 3, character: 4 },
      end: { line: 3, character: 8 },
    });
  });

  it("count characters in UTF-16 units, as editors do", () => {
    const text = 'method: random\nparameters: {"a😀b": {value: 1}}\n';
    const [problem] = problemsOf(text).filter(({ code }) => code === "parameter-name");
    expect(problem?.range.start).to.deep.equal({ line: 1, character: 13 });
    expect(problem?.range.end).to.deep.equal({ line: 1, character: 19 });
  });

  it("are none for a good sweep", () => {
    const good = yaml`
      program: train.py
      method: random
      metric: {name: loss}
      parameters:
        lr: {values: [1, 2]}
    `;
    expect(problemsOf(good)).to.deep.equal([]);
  });
});
