/** Half-typed sweeps beside half-typed scripts: whatever stands there, something can be said. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { applyEdits } from "../../../../src/language/edit.js";
import { scriptFixesFor } from "../../../../src/language/script/fixes.js";
import { scriptGuide } from "../../../../src/language/script/guide.js";
import { scriptMessageOf } from "../../../../src/language/script/messages.js";
import { sweepProblemsBeside } from "../../../../src/language/script/numbers.js";
import { scriptProblemsOf } from "../../../../src/language/script/problems.js";
import { nothingKnown } from "../../../../src/language/surroundings.js";
import { readScript } from "../../../../src/script/read-script.js";
import { parseSweep } from "../../../../src/sweep/parse.js";
import { damagedText } from "../../../support/damage.js";
import { sourceFiles } from "../../script/source-files.js";

const examples = path.resolve(import.meta.dirname, "../../../fixtures/problems");
const pairs = readdirSync(examples)
  .filter((name) => Object.hasOwn(scriptGuide, name.replace(/\..*$/, "")))
  .filter((name) => readdirSync(path.join(examples, name)).includes("train.py"))
  .map((name) => ({
    sweep: readFileSync(path.join(examples, name, "before.yaml"), "utf8"),
    script: readFileSync(path.join(examples, name, "train.py"), "utf8"),
  }));

const damagedPair = fc
  .constantFrom(...pairs)
  .chain(({ sweep, script }) =>
    fc.record({ sweep: damagedText([sweep]), script: damagedText([script]) }),
  );

describe("a half-typed sweep beside a half-typed script", function () {
  this.timeout(60_000);

  it("never makes it throw, and fixes stay within the text", () => {
    fc.assert(
      fc.property(damagedPair, ({ sweep, script }) => {
        const reading = readScript("train.py", sourceFiles({ "train.py": script }));
        if (reading === undefined) throw new Error("train.py was not read.");
        const program = { kind: "read", path: "train.py", reading } as const;
        const around = { ...nothingKnown, program };
        const parsed = parseSweep(sweep);
        sweepProblemsBeside(parsed, around);
        for (const problem of scriptProblemsOf(parsed, around)) {
          if (scriptMessageOf(problem) === "") throw new Error(problem.code);
          for (const { edits } of scriptFixesFor(parsed, problem)) applyEdits(sweep, edits);
        }
      }),
      { numRuns: 300 },
    );
  });
});
