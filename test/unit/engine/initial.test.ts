import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import {
  initialConfigurations,
  knownInitial,
  remarksOnInitial,
} from "../../../src/engine/initial.js";
import { sweepOf } from "../../support/said.js";

const script = `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default="3e-1")
parser.add_argument("--batch-size", type=int, default=24)
parser.add_argument("--optimizer", default="lion")
parser.add_argument("--clip", type=float, default=None)
parser.add_argument("--limit", type=float, default=float("inf"))
parser.add_argument("--amp", action="store_true")
parser.add_argument("--layers", nargs="+", type=int, default=[64, 64])
parser.add_argument("--epochs", type=int, default=90)
parser.add_argument("--dropout", type=float, required=True)
args = parser.parse_args()
`;

const sweep = (initial: string, rest = "") =>
  sweepOf(`program: train.py
method: random
metric: {name: loss}
parameters:
  lr: {min: 0.0, max: 1.0}
  batch-size: {values: [16, 32]}
  optimizer: {values: [adam, sgd]}
  clip: {min: 0.5, max: 1.0}
  layers: {values: [32, 64]}
  epochs: {value: 5}
  dropout: {min: 0.0, max: 0.5}
${rest}sweepdeck:
  initial: ${initial}
`);

describe("what is known of initial configurations", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "initial-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const knownOf = (initial: string, text: string | undefined, rest?: string) => {
    if (text !== undefined) writeFileSync(path.join(folder, "train.py"), text);
    return knownInitial(sweep(initial, rest), path.join(folder, "sweep.yaml")).map((known) =>
      Object.fromEntries(Object.entries(known).map(([name, { value }]) => [name, value])),
    );
  };

  it("is for `defaults` what the script uses, outside the ranges too, as far as a word can say it", () => {
    expect(knownOf("[defaults]", script)).to.deep.equal([
      { lr: 0.3, "batch-size": 24, optimizer: "lion", epochs: 5 },
    ]);
  });

  it("is for a map what it says, and the script's defaults inside the ranges", () => {
    expect(knownOf("[{optimizer: rmsprop, epochs: 7}]", script)).to.deep.equal([
      { lr: 0.3, optimizer: "rmsprop", epochs: 7 },
    ]);
  });

  it("is the defaults of `wandb.config` where there are no options", () => {
    const config = `import wandb
wandb.init(config={"lr": 0.2, "dropout": 0.1})
print(wandb.config.lr, wandb.config.get("optimizer", "adam"))
`;
    expect(knownOf("[defaults]", config)).to.deep.equal([
      { lr: 0.2, optimizer: "adam", epochs: 5, dropout: 0.1 },
    ]);
  });

  it("is found by dotted names in groups", () => {
    const nested = `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--head.width", type=int, default=12)
args = parser.parse_args()
`;
    const group = "  head: {parameters: {width: {min: 8, max: 64}}}\n";
    expect(knownOf("[defaults, {head: {width: 9}}]", nested, group)).to.deep.equal([
      { epochs: 5, "head.width": 12 },
      { epochs: 5, "head.width": 9 },
    ]);
  });

  it("is of the command that the words choose", () => {
    const commands = `import argparse
parser = argparse.ArgumentParser()
commands = parser.add_subparsers()
for_a = commands.add_parser("a")
for_a.add_argument("--lr", type=float, default=0.1)
for_b = commands.add_parser("b")
for_b.add_argument("--lr", type=float, default=0.2)
args = parser.parse_args()
`;
    const command = 'command: [python, "${program}", b, "${args}"]\n';
    expect(knownOf("[defaults]", commands, command)).to.deep.equal([{ lr: 0.2, epochs: 5 }]);
  });

  it("is what the sweep says, and no more, without a script that can be read", () => {
    expect(knownOf("[defaults, {lr: 0.5}]", undefined)).to.deep.equal([
      { epochs: 5 },
      { lr: 0.5, epochs: 5 },
    ]);
  });

  it("is a flag's default, and no infinity", () => {
    const more = "  amp: {values: [true, false]}\n  limit: {values: [1.0, .inf]}\n";
    expect(knownOf("[defaults]", script, more)[0]).to.include({ amp: false });
    expect(knownOf("[defaults]", script, more)[0]).to.not.have.property("limit");
  });

  it("comes with a remark on what of the defaults is drawn after all", () => {
    const remarksOn = (initial: string) => {
      writeFileSync(path.join(folder, "train.py"), script);
      const read = sweep(initial);
      return remarksOnInitial(read, knownInitial(read, path.join(folder, "sweep.yaml")));
    };
    expect(remarksOn("[defaults]")).to.deep.equal([
      "Of the initial configuration `defaults`, `clip`, `layers`, `dropout` are drawn: no default that can be passed on was found in the script.",
    ]);
    expect(remarksOn("[{lr: 0.1}]")).to.deep.equal([]);
  });

  it("leaves the rest to be drawn, with its origin told", () => {
    writeFileSync(path.join(folder, "train.py"), script);
    const file = path.join(folder, "sweep.yaml");
    const [first] = initialConfigurations(sweep("[{dropout: 0.25}]"), file, 1);
    expect(first?.origins).to.deep.equal({
      lr: "script",
      "batch-size": "drawn",
      optimizer: "drawn",
      clip: "drawn",
      layers: "drawn",
      epochs: "sweep",
      dropout: "sweep",
    });
    expect(first?.configuration["batch-size"]).to.be.oneOf([16, 32]);
  });
});
