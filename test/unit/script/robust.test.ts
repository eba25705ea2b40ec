import { expect } from "chai";
import fc from "fast-check";
import { parseModule } from "../../../src/script/python/module.js";
import { readScript } from "../../../src/script/read-script.js";
import { sourceFiles } from "./source-files.js";

const script = `"""A training script."""
import argparse, os
from types import SimpleNamespace
import wandb

DEFAULTS = dict(lr=1e-3, sizes=[2**n for n in range(4)], name=f"run-{1:>3}")

class Options(argparse.ArgumentParser):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for key, value in DEFAULTS.items():
            self.add_argument(f"--{key}", type=type(value), default=value)

def main(argv=None):
    parser = Options(parents=[])
    parser.add_argument("--amp", action="store_true", help="half")
    args, rest = parser.parse_known_args(argv)
    with wandb.init(config={**vars(args), "seed": 0}) as run:
        for k, v in run.config.items():
            setattr(args, k, v)
        while True:
            try:
                loss = step(args.lr, *rest, **run.config) if args.amp else (lambda x: x)(0.)
            except (ValueError, KeyError) as error:
                break
        wandb.log({"val/loss": loss, f"{args.name}_acc": 1 - loss})

@decorate(1)
async def step(lr: float = 0.1, *sizes: int, seed, **more) -> float:
    return await (yield lr)

if __name__ == "__main__":
    main()
`;

const pieces = fc.constantFrom(
  ...["(", ")", "[", "]", "{", "}", ":", ",", "=", "*", "**", ".", '"', "'", '"""', "f'{", "\\\n"],
  ...["\n", "\n    ", "\t", "  ", "#", "@", "->", ":=", "1.", "é", "\u{1F600}", "\uFEFF", "\f"],
  ...[
    "import ",
    "from . import *\n",
    "def ",
    "class A(A):",
    "lambda ",
    "for ",
    "in ",
    "if ",
    "else ",
  ],
  ...["parser.add_argument(", "wandb.config", "super()", "self", "async ", "with ", "return "],
);

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(40),
  put: pieces,
});

/** The script with a few places cut, and something put there. */
const mutated = fc.array(edit, { minLength: 1, maxLength: 6 }).map((edits) =>
  edits.reduce((text, { at, cut, put }) => {
    const start = Math.floor(at * text.length);
    return text.slice(0, start) + put + text.slice(start + cut);
  }, script),
);

describe("reading a text that is no Python, or not yet", () => {
  it("gives a reading, whatever was cut out or put in", function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(mutated, (text) => {
        const reading = readScript("train.py", sourceFiles({ "train.py": text }));
        expect(reading?.files).to.deep.equal(["train.py"]);
        for (const line of reading?.commandLines ?? []) {
          for (const option of line.options) {
            expect(option.place.end).to.be.at.most(text.length);
          }
        }
      }),
      { numRuns: 5_000, seed: 7 },
    );
  });

  it("is the same, whatever the text was before", function () {
    this.timeout(60_000);
    const before = parseModule("train.py", script);
    fc.assert(
      fc.property(mutated, (text) => {
        const { body, errors } = parseModule("train.py", text, before);
        const afresh = parseModule("train.py", text);
        expect(body).to.deep.equal(afresh.body);
        expect(errors).to.deep.equal(afresh.errors);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it("keeps what stands before and behind the error, and says where it is", () => {
    const reading = readScript(
      "train.py",
      sourceFiles({
        "train.py": `
import argparse
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float)
x = = 3
p.add_argument("--width", type=int)
p.parse_args()
`,
      }),
    );
    expect(reading?.commandLines[0]?.options.map(({ name }) => name)).to.deep.equal([
      "lr",
      "width",
    ]);
    expect(reading?.gaps.map(({ why, place }) => [why, place.line])).to.deep.equal([
      ["syntax-error", 4],
    ]);
  });

  it("has an end, however deep the text", () => {
    for (const text of [
      `x = ${"(".repeat(3_000)}${")".repeat(3_000)}`,
      `x = ${"1 + ".repeat(3_000)}1`,
      `x = ${"a.".repeat(3_000)}b`,
      `x = ${"not ".repeat(3_000)}b`,
      Array.from({ length: 300 }, (_, at) => `${" ".repeat(at)}if x:\n`).join(""),
    ]) {
      expect(readScript("a.py", sourceFiles({ "a.py": text }))?.files).to.have.length(1);
    }
  });

  it("takes for Python what is Python", () => {
    for (const text of [
      "\uFEFFx = 1\n",
      "x = [0., 1.e-5, 1./3, 2.]\n",
      "with (open(a) as b, open(c) as d):\n    pass\n",
      "if x:\r\n    y = 1\r\nelse:\r\n    y = 2\r\n",
      "class A:\n    x: int = 1\n\f\n    def f(self, /, a, *, b=2): ...\n",
      "match x:\n    case [1, *_] if y: pass\n    case _: pass\n",
      "print(f'{x!r:>{width}} {y:%Y-%m}')\nasync def f():\n    async with a: await b\n",
      "x = 1\n    ",
      "def f():\n    yield\n    x = yield  # nothing\n    y = (yield)\n",
      "def f[T](x: T) -> list[T]: return [x]\n",
      "try:\n    pass\nexcept* ValueError:\n    pass\n",
    ]) {
      expect(parseModule("a.py", text).errors, text).to.be.empty;
    }
  });
});
