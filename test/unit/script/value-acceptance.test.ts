import { execFileSync } from "node:child_process";
import { expect } from "chai";
import type { Literal, Option } from "../../../src/script/reading.js";
import { valueAcceptance } from "../../../src/script/value-acceptance.js";
import { onlyLine, readingOf } from "./reading.js";

function optionWith(added: string): Option {
  const [option] = onlyLine(
    readingOf(`
import argparse
p = argparse.ArgumentParser()
p.add_argument("--x", ${added})
p.parse_args()
`),
  ).options;
  if (option === undefined) throw new Error("No option was read.");
  return option;
}

function verdict(added: string, value: Literal): string {
  return saidVerdict(optionWith(added), value);
}

function saidVerdict(option: Option, value: Literal): string {
  const acceptance = valueAcceptance(option, value);
  return acceptance.verdict === "not-a-choice" && acceptance.closest !== undefined
    ? `not-a-choice, closest ${acceptance.closest}`
    : acceptance.verdict;
}

describe("the value of an option", () => {
  it("is refused by a flag, whatever it is", () => {
    expect(verdict('action="store_true"', true)).to.equal("refused-flag-value");
    expect(verdict('action="store_false"', false)).to.equal("refused-flag-value");
  });

  it("is read as true by type=bool, though it says false", () => {
    expect(verdict("type=bool", false)).to.equal("read-as-true");
    expect(verdict("type=bool", 0)).to.equal("read-as-true");
    expect(verdict("type=bool", true)).to.equal("ok");
    expect(verdict('type=lambda x: x == "True"', false)).to.equal("ok");
  });

  it("is one of the choices, by its type", () => {
    const choices = 'choices=["adam", "sgd"]';
    expect(verdict(choices, "adam")).to.equal("ok");
    expect(verdict(choices, "adamm")).to.equal("not-a-choice, closest adam");
    expect(verdict(choices, null)).to.equal("not-a-choice");
    expect(verdict("type=int, choices=[1, 2]", 2)).to.equal("ok");
    expect(verdict("choices=[1, 2]", 2)).to.equal("not-a-choice, closest 2");
  });

  it("is a whole number for int, and a number for float", () => {
    expect(verdict("type=int", 3)).to.equal("ok");
    expect(verdict("type=int", 0.5)).to.equal("wrong-type");
    expect(verdict("type=int", "1e3")).to.equal("wrong-type");
    expect(verdict("type=int", "1_000")).to.equal("ok");
    expect(verdict("type=float", 3)).to.equal("ok");
    expect(verdict("type=float", "1e-4")).to.equal("ok");
    expect(verdict("type=float", "small")).to.equal("wrong-type");
    expect(verdict("type=float", null)).to.equal("wrong-type");
    expect(verdict("type=float, nargs='+'", 0.1)).to.equal("ok");
  });
});

describe("the value of an option of argparse", () => {
  const options = [
    "type=int",
    "type=float",
    "type=str",
    "type=bool",
    "type=int, nargs='+'",
    "type=float, action='append'",
    "action='store_true'",
    "action='count'",
    "action=argparse.BooleanOptionalAction",
    "choices=['adam', 'sgd']",
    "type=int, choices=[1, 2, 3]",
    "choices=[1, 2, 3]",
    "type=float, choices=[0.1, 1]",
    "nargs='?', type=int",
  ];
  const values: readonly Literal[] = [
    ...[1, 2, -3, 0.1, 1e-5, 1e21, 0, true, false, null, "adam", "Adam", "1e-4", "1_000", " 7 "],
    ...["nan", "-inf", "Infinity", "1.", ".5", "1e3", "0x10", "_1", "1__0", "1_0.5", "", "--y"],
  ];

  it("is accepted where Python itself accepts it", function () {
    this.timeout(20_000);
    const accepted = askPython(options, values);
    for (const [at, added] of options.entries()) {
      const option = optionWith(added);
      for (const [of, value] of values.entries()) {
        const said = saidVerdict(option, value);
        const isAccepted = said === "ok" || said === "read-as-true";
        expect(isAccepted, `${added} of ${JSON.stringify(value)}: ${said}`).to.equal(
          accepted[at]?.[of],
        );
      }
    }
  });
});

function askPython(
  options: readonly string[],
  values: readonly Literal[],
): readonly (readonly boolean[])[] {
  const script = `
import argparse, contextlib, io, json, sys
options, values = json.load(sys.stdin)
def accepted(option, value):
    p = argparse.ArgumentParser()
    eval(f"p.add_argument('--x', {option})")
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            p.parse_args([f"--x={value}"])
        return True
    except SystemExit:
        return False
print(json.dumps([[accepted(o, v) for v in values] for o in options]))
`;
  const input = JSON.stringify([options, values]);
  return JSON.parse(execFileSync("python3", ["-c", script], { input, encoding: "utf8" }));
}
