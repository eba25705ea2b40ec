import { expect } from "chai";
import { evaluate, textPieces } from "../../../src/script/evaluate.js";
import { readModules } from "../../../src/script/modules.js";
import { topScope } from "../../../src/script/python/module.js";
import { sourceFiles } from "./source-files.js";

function lastValue(text: string, others: Readonly<Record<string, string>> = {}) {
  const modules = readModules("a.py", sourceFiles({ "a.py": text, ...others }));
  const last = modules?.program.body.at(-1);
  if (modules === undefined || last?.kind !== "expression") throw new Error("No expression.");
  return { modules, scope: topScope(modules.program), value: last.value };
}

function valueOfText(text: string, others: Readonly<Record<string, string>> = {}) {
  const { modules, scope, value } = lastValue(text, others);
  return evaluate(modules, scope, value);
}

function piecesOfText(text: string) {
  const { modules, scope, value } = lastValue(text);
  return textPieces(modules, scope, value);
}

describe("a value that a script writes down", () => {
  const values: readonly (readonly [string, unknown])[] = [
    ["1_000", 1000],
    ["0x10", 16],
    ["1.", 1],
    [".5e-3", 0.0005],
    ["-1e-4", -0.0001],
    ["2 ** 10 - 1", 1023],
    ["7 // 2 + -7 % 3", 5],
    ["1 / 4", 0.25],
    ["'a' \"b\" 'c'", "abc"],
    ["r'\\n' '\\n\\x41\\u00e9'", "\\n\nAé"],
    ["'''a\nb'''", "a\nb"],
    ["[1, (2, None), {3}]", [1, [2, null], [3]]],
    ["{'a': 1, **{'b': [True]}}", { a: 1, b: [true] }],
    ["dict(a=1, b='x')", { a: 1, b: "x" }],
    ["list(range(0, 6, 2))", [0, 2, 4]],
    ["[2 ** i for i in range(3) if i != 1]", [1, 4]],
    ["[f'{a}-{b}' for a in 'xy' for b in [1, 2]]", ["x-1", "x-2", "y-1", "y-2"]],
    ["{k: v + 1 for k, v in {'a': 1}.items()}", { a: 2 }],
    ["[k for k, _ in zip(['a', 'b'], range(9))]", ["a", "b"]],
    ["'a b c'.split()", ["a", "b", "c"]],
    ["'--%s' % 'lr'", "--lr"],
    ["'--{}-{}'.format('a', 1)", "--a-1"],
    ["1 if 'a' in ['a'] else 2", 1],
    ["not (3 > 2 and None)", true],
    ["int('3' == '3')", undefined],
    ["float('inf')", Number.POSITIVE_INFINITY],
    ["['x'] * 2 + ['y']", ["x", "x", "y"]],
    ["{'a': {'b': 5}}['a']['b']", 5],
    ["b'bytes'", undefined],
    ["open('x').read()", undefined],
    ["list(range(10 ** 9))", undefined],
    ["1 / 0", undefined],
  ];
  for (const [text, value] of values) {
    it(`is ${JSON.stringify(value)} for ${JSON.stringify(text)}`, () => {
      expect(valueOfText(text)).to.deep.equal(value);
    });
  }

  it("is found behind names, in other modules too", () => {
    expect(
      valueOfText("from consts import SIZES as S, O\nN = S\n[N[-1] * 2, O.B.value, O.A.name]", {
        "consts.py": `
from enum import Enum, auto
SIZES = [16, 32]
class O(Enum):
    A = auto()
    B = "b"
`,
      }),
    ).to.deep.equal([64, "b", "A"]);
  });

  it("is found in an object that holds it", () => {
    const text = (changed: string) => `
from types import SimpleNamespace
class Config:
    lr: float = 0.1
    width = 64
a = SimpleNamespace(depth=2)
b = Config(width=32)
${changed}
[a.depth, b.lr, b.width, Config.width]
`;
    expect(valueOfText(text(""))).to.deep.equal([2, 0.1, 32, 64]);
    expect(valueOfText(text("a.depth = 3"))).to.equal(undefined);
  });

  it("is not taken for known where the name is bound twice, or its value changes in place", () => {
    expect(valueOfText("n = 1\nif n: n = 2\nn")).to.equal(undefined);
    expect(valueOfText("names = ['a']\nnames.append(x)\nnames")).to.equal(undefined);
    expect(valueOfText("d = {}\nd['a'] = 1\nlist(d)")).to.equal(undefined);
    expect(valueOfText("a = b\nb = a\na")).to.equal(undefined);
  });
});

describe("the pieces of a text", () => {
  it("are what is written and what only a run knows", () => {
    expect(piecesOfText("f'{split}/loss'")).to.deep.equal([null, "/loss"]);
    expect(piecesOfText("p = 'val'\nf'{p}/{name!r:>10}' + '_mean'")).to.deep.equal([
      "val/",
      null,
      "_mean",
    ]);
    expect(piecesOfText("prefix + '/loss'")).to.deep.equal([null, "/loss"]);
    expect(piecesOfText("'%s/loss_%d' % (split, 1)")).to.deep.equal([null, "/loss_", null]);
    expect(piecesOfText("'{}/loss'.format(split)")).to.deep.equal([null, "/loss"]);
    expect(piecesOfText("f'{{x}}{y=}'")).to.deep.equal(["{x}y=", null]);
  });
});
