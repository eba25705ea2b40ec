import { expect } from "chai";
import fc from "fast-check";
import { quantile } from "../../../../src/space/distribution.js";
import { analyse, type DomainOf } from "../../../../src/space/expression/analyse.js";
import { domainOf } from "../../../../src/space/expression/domain.js";
import { evaluate, holds } from "../../../../src/space/expression/evaluate.js";
import type { Expression, SyntaxFault } from "../../../../src/space/expression/expression.js";
import { parseExpression } from "../../../../src/space/expression/parse.js";
import type { Configuration, Distribution } from "../../../../src/space/space.js";
import type { Json } from "../../../../src/space/value.js";
import { askPython } from "../../../support/ask-python.js";

function expressionOf(text: string): Expression {
  const parsed = parseExpression(text);
  if (parsed.kind === "fault") throw new Error(`${text}: ${JSON.stringify(parsed.fault)}`);
  return parsed.expression;
}

function faultOf(text: string): SyntaxFault {
  const parsed = parseExpression(text);
  if (parsed.kind === "expression") throw new Error(`${text} is read`);
  return parsed.fault;
}

function valueFor(text: string, configuration: Configuration = {}): Json | undefined {
  const outcome = evaluate(expressionOf(text), configuration);
  return outcome.kind === "value" ? outcome.value : undefined;
}

describe("an expression", () => {
  it("reads names of groups, names in backticks, words and numbers", () => {
    const configuration = { "model.width": 64, "batch-size": 32, optimizer: "adam" };
    expect(valueFor("model.width / 2", configuration)).to.equal(32);
    expect(valueFor("`batch-size` + 1_000", configuration)).to.equal(1032);
    expect(valueFor("optimizer == 'adam' and .5 < 1e0", configuration)).to.equal(true);
  });

  it("is true of a parameter that does not exist, unless the rest decides", () => {
    const holdsFor = (text: string, configuration: Configuration) =>
      holds(expressionOf(text), configuration);
    expect(holdsFor("momentum > 0.5", { optimizer: "adam" })).to.equal(true);
    expect(holdsFor("momentum > 0.5 and optimizer == 'sgd'", { optimizer: "adam" })).to.equal(
      false,
    );
    expect(holdsFor("not momentum > 0.5", {})).to.equal(true);
  });

  it("does not hold where it has no value", () => {
    expect(holds(expressionOf("1 / x > 0"), { x: 0 })).to.equal(false);
    expect(holds(expressionOf("log(x) < 1"), { x: 0 })).to.equal(false);
    expect(holds(expressionOf("x < 3"), { x: "auto" })).to.equal(false);
  });

  it("compares whole lists with in", () => {
    expect(valueFor("x in [1, 2]", { x: 2 })).to.equal(true);
    expect(valueFor("x not in ('a', 'b')", { x: "c" })).to.equal(true);
  });

  it("says where reading ends, and what is meant", () => {
    expect(faultOf("a = 3")).to.include({
      kind: "foreign-operator",
      meant: "==",
      start: 2,
      end: 3,
    });
    expect(faultOf("a < 3 && b")).to.include({ kind: "foreign-operator", meant: "and" });
    expect(faultOf("a is not null")).to.include({ meant: "!=", start: 2, end: 8 });
    expect(faultOf("a is null")).to.include({ kind: "foreign-operator", meant: "==", end: 4 });
    expect(faultOf("a +")).to.include({ kind: "unexpected", expected: "a value", found: "" });
    expect(faultOf("a b")).to.include({ kind: "unexpected", expected: "an operator", found: "b" });
    expect(faultOf("(a < 3")).to.include({ kind: "unclosed", opening: "(", start: 0 });
    expect(faultOf("x == 'adam")).to.include({ kind: "unclosed", opening: "'" });
    expect(faultOf("  ").kind).to.equal("empty");
    expect(faultOf("a ? b").kind).to.equal("character");
  });

  it("is no program", () => {
    for (const text of ["__import__('os')", "[x for x in y]", "lambda: 1", "a[0]", "f'{a}'"]) {
      const parsed = parseExpression(text);
      if (parsed.kind === "fault") continue;
      expect(evaluate(parsed.expression, {}).kind, text).to.equal("fault");
    }
  });

  it("ends reading at any length and depth", () => {
    for (const text of [
      "(".repeat(5000),
      "not ".repeat(5000),
      `1${"+1".repeat(5000)}`,
      "-".repeat(900),
    ]) {
      expect(parseExpression(text).kind).to.equal("fault");
    }
  });

  it("stands any text", () => {
    const piece = fc.constantFrom(
      ...[
        "a",
        "1",
        " ",
        "(",
        ")",
        "[",
        ",",
        "and",
        "not",
        "in",
        "<",
        "==",
        "=",
        "**",
        "'",
        "`",
        ".",
      ],
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, (written) => {
        const parsed = parseExpression(written);
        if (parsed.kind === "expression") {
          analyse(parsed.expression, () => "anything");
          evaluate(parsed.expression, { a: 1 });
        } else {
          const { start, end } = parsed.fault;
          expect(start).to.be.within(0, written.length);
          expect(end).to.be.within(start, written.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("calculates as Python does", () => {
    const leaf = fc.constantFrom(
      "a",
      "b",
      "2",
      "3.5",
      "0",
      "True",
      "abs(a)",
      "round(b)",
      "min(a, b)",
    );
    const grown = fc.letrec<{ number: string; condition: string }>((tie) => ({
      number: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc
          .tuple(tie("number"), fc.constantFrom(..."+ - * / // %".split(" ")), tie("number"))
          .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
        // Fractional powers of negative numbers are complex in Python, and no numbers here.
        tie("number").map((inner) => `${inner} ** 2`),
        tie("number").map((inner) => `-${inner}`),
      ),
      condition: fc.oneof(
        { depthSize: "small" },
        fc
          .tuple(tie("number"), fc.constantFrom("<", ">=", "==", "!="), tie("number"))
          .map(([left, operator, right]) => `${left} ${operator} ${right}`),
        fc
          .tuple(tie("number"), tie("number"), tie("number"))
          .map(([low, middle, high]) => `${low} <= ${middle} < ${high}`),
        fc
          .tuple(tie("condition"), fc.constantFrom("and", "or"), tie("condition"))
          .map(([left, operator, right]) => `${left} ${operator} ${right}`),
        tie("condition").map((inner) => `not (${inner})`),
      ),
    })).condition;
    const configurations = [
      { a: 2, b: 0.5 },
      { a: -7, b: 2.5 },
      { a: 0, b: 3 },
    ];
    const texts = [
      ...fc.sample(grown, { numRuns: 400, seed: 5 }),
      ...[
        "-2 ** 2",
        "2 ** 3 ** 2",
        "-7 // 2",
        "-7 % 3",
        "7 % -3",
        "1 < a < 3",
        "not a == 2",
        "2 ** -1",
      ],
    ];
    const cases = texts.flatMap((text) => configurations.map((given) => ({ text, given })));
    const answers = askPython(
      [
        "answer = []",
        "for case in question:",
        "    try: answer.append([float(bool(eval(case['text'], {}, case['given'])))])",
        "    except Exception: answer.append(None)",
      ].join("\n"),
      cases,
    ) as readonly (readonly [number] | null)[];
    for (const [index, { text, given }] of cases.entries()) {
      const outcome = evaluate(expressionOf(text), given);
      const expected = answers[index];
      const holdsHere = Number(holds(expressionOf(text), given));
      const where = `${text} with ${JSON.stringify(given)}`;
      if (expected === null || expected === undefined)
        expect(outcome.kind, where).to.equal("fault");
      else expect(holdsHere, where).to.equal(expected[0]);
    }
  });
});

describe("what can be said of an expression beforehand", () => {
  const space: Readonly<Record<string, Distribution>> = {
    width: { kind: "categorical", values: [64, 128, 256] },
    layers: { kind: "int_uniform", min: 1, max: 8 },
    lr: { kind: "log_uniform_values", min: 1e-4, max: 0.1 },
    optimizer: { kind: "categorical", values: ["adam", "sgd"] },
    dropout: { kind: "uniform", min: 0, max: 0.5 },
  };
  const among: DomainOf = (name) => {
    const distribution = Object.hasOwn(space, name) ? space[name] : undefined;
    return distribution && domainOf(distribution);
  };
  const truthOf = (text: string) => analyse(expressionOf(text), among).truth;
  const found = (text: string) => analyse(expressionOf(text), among).findings;

  it("sees what always holds, what never does, and stays silent between", () => {
    expect(truthOf("width * layers <= 2048")).to.equal("always");
    expect(truthOf("width * layers < 64")).to.equal("never");
    expect(truthOf("width * layers <= 1024")).to.equal("depends");
    expect(truthOf("lr < 1 or dropout > 0.2")).to.equal("always");
    expect(truthOf("0 <= dropout <= 0.5")).to.equal("always");
    expect(truthOf("log(lr) > 0")).to.equal("never");
    expect(truthOf("optimizer in ['adam', 'sgd'] and lr > 0.01")).to.equal("depends");
  });

  it("finds names and functions that there are not, and words without quotes", () => {
    expect(found("widht < 3")).to.deep.include.members([
      { kind: "unknown-parameter", name: "widht", start: 0, end: 5 },
    ]);
    expect(found("ln(lr) < 3")[0]).to.include({ kind: "unknown-function", name: "ln", end: 2 });
    expect(found("optimizer == adam")[0]).to.include({ name: "adam", isValueOf: "optimizer" });
    expect(found("1 < widht < 3")).to.have.length(1);
  });

  it("finds texts where numbers belong, and values that a parameter never has", () => {
    expect(found("optimizer * 2 < 3")[0]).to.include({ kind: "not-a-number", operator: "*" });
    expect(found("optimizer < 3")[0]).to.include({ kind: "no-order", operator: "<" });
    expect(found("optimizer == 'adamw'")[0]).to.deep.include({
      kind: "impossible-value",
      value: "adamw",
      possible: ["adam", "sgd"],
    });
    expect(found("sqrt(1, 2) < 2")[0]).to.include({ kind: "operand-count", found: 2 });
    expect(found("width * layers")[0]).to.include({ kind: "not-a-condition" });
    expect(found("not optimizer == 'adam' or lr ** 2 < 1e-4")).to.deep.equal([]);
  });

  it("never calls impossible what some configuration fulfils, nor certain what one fails", () => {
    const number = fc.constantFrom("width", "layers", "lr", "dropout", "0", "1", "2", "100", "-3");
    const term = fc.letrec<{ term: string }>((tie) => ({
      term: fc.oneof(
        { depthSize: "small" },
        number,
        fc
          .tuple(tie("term"), fc.constantFrom(..."+ - * / // % **".split(" ")), tie("term"))
          .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
        fc
          .tuple(
            fc.constantFrom("abs", "sqrt", "log", "floor", "ceil", "round", "max"),
            tie("term"),
          )
          .map(([name, inner]) => `${name}(${inner})`),
      ),
    })).term;
    const condition = fc
      .tuple(term, fc.constantFrom("<", "<=", ">", ">=", "==", "!="), term)
      .map((parts) => parts.join(" "));
    const probability = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
    const probabilities = fc.tuple(probability, probability, probability, probability, probability);
    fc.assert(
      fc.property(condition, probabilities, (text, at) => {
        const expression = expressionOf(text);
        const { truth } = analyse(expression, among);
        const configuration = Object.fromEntries(
          Object.entries(space).map(([name, distribution], index) => [
            name,
            quantile(distribution, at[index] ?? 0.5),
          ]),
        );
        const outcome = evaluate(expression, configuration);
        // Where a configuration has no value, neither is promised.
        if (outcome.kind !== "value") return;
        if (truth === "always") expect(outcome.value, text).to.equal(true);
        if (truth === "never") expect(outcome.value, text).to.equal(false);
      }),
      { numRuns: 3000 },
    );
  });
});
