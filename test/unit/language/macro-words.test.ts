import { expect } from "chai";
import { exampleOf } from "../../../src/language/macro-words.js";
import { buildCommand } from "../../../src/run/command.js";
import { nest } from "../../../src/space/configuration.js";
import type { Space } from "../../../src/space/space.js";

const values = { lr: 0.001, bias: true, amp: false, name: "sgd", none: null, width: 64 };
const space: Space = {
  parameters: Object.entries(values).map(([name, value]) => ({
    name,
    path: [name],
    distribution: { kind: "constant", value },
  })),
};

describe("what a macro becomes", () => {
  for (const macro of [
    "args",
    "args_no_equals",
    "args_no_hyphens",
    "args_no_boolean_flags",
    "args_append_hydra",
    "args_override_hydra",
  ]) {
    it(`is what a trial is given: ${macro}`, () => {
      const words = buildCommand({
        command: [`\${${macro}}`],
        configuration: nest(space, values),
        interpreter: "python",
        program: "train.py",
        environment: {},
        configurationFile: "config.json",
      });
      expect(exampleOf(macro, space)).to.equal(
        words.length > 8 ? `${words.slice(0, 8).join(" ")} …` : words.join(" "),
      );
    });
  }

  it("is quoted where a shell would take it apart", () => {
    expect(exampleOf("args_json", space)).to.match(/^'\{"lr":0\.001,/);
  });

  it("is left alone where it has nothing to do with parameters", () => {
    expect(exampleOf("interpreter", space)).to.equal(undefined);
    expect(exampleOf("args", { parameters: [] })).to.equal(undefined);
  });
});
