import { expect } from "chai";
import fc from "fast-check";
import { messageOf } from "../../../src/sweep/messages.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import type { ProblemCode } from "../../../src/sweep/problem.js";
import { wandbDifferences } from "../../../src/sweep/wandb-differences.js";
import { sweepText } from "../../support/sweep-texts.js";
import { type WandbVerdict, wandbVerdicts } from "../../support/wandb.js";

const codesOf = (here: "accepts" | "refuses"): ReadonlySet<ProblemCode> =>
  new Set(wandbDifferences.filter((each) => each.here === here).flatMap(({ codes }) => codes));
const accepted = codesOf("accepts");
const refused = codesOf("refuses");

/** Undefined where we agree, or disagree on purpose. */
function disagreement(text: string, { violations, failure }: WandbVerdict): unknown {
  const { sweep, problems } = parseSweep(text);
  const theyRefuse = violations.length > 0 || failure !== null;
  const errors = problems.filter(({ severity }) => severity === "error");
  const codes = new Set(problems.map(({ code }) => code));
  if (theyRefuse === (sweep === undefined)) return undefined;
  if (theyRefuse && [...accepted].some((code) => codes.has(code))) return undefined;
  if (!theyRefuse && errors.every(({ code }) => refused.has(code))) return undefined;
  return { text, violations, failure, ours: errors.map(messageOf) };
}

describe("the verdict on a sweep file", function () {
  this.timeout(120_000);

  it("is that of W&B's engine, but for the differences that the reference lists", () => {
    const texts = fc.sample(sweepText, { numRuns: 400, seed: 11 });
    const verdicts = wandbVerdicts(texts);
    const valid = verdicts.filter(({ violations, failure }) => !violations.length && !failure);
    expect(valid.length).to.be.within(texts.length / 5, (texts.length * 4) / 5);
    const found = texts.flatMap((text, index) => {
      const verdict = verdicts[index];
      return verdict === undefined ? [] : (disagreement(text, verdict) ?? []);
    });
    expect(found).to.deep.equal([]);
  });

  it("differs where the reference says so", () => {
    const cases: readonly [ProblemCode, string][] = [
      ["number-without-dot", random("x: {min: 1e-4, max: 0.1}")],
      ["log-uniform-exponents", random("x: {distribution: log_uniform, min: -9.2, max: 0}")],
      ["null-block", `${random("x: {min: 1, max: 2}")}metric:\n`],
      ["date-as-text", `${random("x: {min: 1, max: 2}")}name: 2026-01-31\n`],
      ["not-finite", random("x: {min: 0.0, max: .inf}")],
      ["no-spread", random("x: {distribution: normal, sigma: 0}")],
      [
        "probabilities-sum",
        random("g: {parameters: {x: {values: [1, 2], probabilities: [1, 1]}}}"),
      ],
      ["tag-unsupported", random("x: {values: [!!set {a}]}")],
    ];
    const verdicts = wandbVerdicts(cases.map(([, text]) => text));
    for (const [index, [code, text]] of cases.entries()) {
      const verdict = verdicts[index];
      const weRefuse = parseSweep(text).sweep === undefined;
      const theyRefuse = (verdict?.violations.length ?? 0) > 0 || verdict?.failure !== null;
      expect(parseSweep(text).problems.map((problem) => problem.code)).to.include(code);
      expect({ code, weRefuse }).to.deep.equal({ code, weRefuse: refused.has(code) });
      expect({ code, theyRefuse }).to.deep.equal({ code, theyRefuse: accepted.has(code) });
    }
  });
});

function random(parameter: string): string {
  return `method: random\nparameters:\n  ${parameter}\n`;
}
