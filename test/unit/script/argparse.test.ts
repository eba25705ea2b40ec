import { expect } from "chai";
import { onlyLine, optionsIn, optionsOf, readingOf } from "./reading.js";

describe("options of argparse", () => {
  it("have spellings, a type, a default, choices and help", () => {
    const line = onlyLine(
      readingOf(`
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("-l", "--lr", "--learning-rate", type=float, default=1e-3, help="step size")
parser.add_argument("--opt", choices=["adam", "sgd"], default="adam")
parser.add_argument("data")
args = parser.parse_args()
`),
    );
    expect(optionsOf(line)).to.deep.equal([
      "-l --lr --learning-rate number = 0.001",
      '--opt text of adam, sgd = "adam"',
      "<data> text, required",
    ]);
    expect(line.options[0]).to.include({ name: "lr", help: "step size" });
    expect(line.options[0]?.place).to.include({ path: "train.py", line: 3 });
    expect(line).to.include({ library: "argparse", refusesUnknown: true, style: "hyphens" });
    expect(line).to.include({ hyphens: "exact", abbreviations: true });
    expect(line.gaps).to.be.empty;
  });

  it("are called by dest, else by the first long spelling", () => {
    const { options } = onlyLine(
      readingOf(`
import argparse
p = argparse.ArgumentParser()
p.add_argument("-b", "--batch-size", type=int)
p.add_argument("--wd", dest="weight_decay", type=float)
p.parse_args()
`),
    );
    expect(options.map(({ name }) => name)).to.deep.equal(["batch_size", "weight_decay"]);
  });

  it("are flags, counts and lists by their action", () => {
    expect(
      optionsIn(`
import argparse
from argparse import BooleanOptionalAction
p = argparse.ArgumentParser()
p.add_argument("--amp", action="store_true")
p.add_argument("--no-aug", dest="aug", action="store_false")
p.add_argument("--ema", action=BooleanOptionalAction, default=True)
p.add_argument("-v", action="count", default=0)
p.add_argument("--tag", action="append")
p.add_argument("--widths", nargs="+", type=int, default=[64, 64])
p.add_argument("--mode", action="store_const", const="fast")
p.parse_args()
`),
    ).to.deep.equal([
      "--amp flag = false",
      "--no-aug flag = true",
      "--ema flag or --no-ema = true",
      "-v flag = 0",
      "--tag list of text",
      "--widths list of integer = [64,64]",
      "--mode flag",
    ]);
  });

  it("take what their converter takes", () => {
    expect(
      optionsIn(`
import argparse, json
from pathlib import Path
from distutils.util import strtobool
def str2bool(v):
    if isinstance(v, bool):
        return v
    if v.lower() in ("yes", "true", "1"):
        return True
    elif v.lower() in ("no", "false", "0"):
        return False
    raise argparse.ArgumentTypeError("a boolean is expected")
def positive(text):
    return int(text)
def sizes(text):
    return [int(x) for x in text.split(",")]
p = argparse.ArgumentParser()
p.add_argument("--a", type=bool)
p.add_argument("--b", type=str2bool)
p.add_argument("--c", type=lambda x: x.lower() == "true")
p.add_argument("--d", type=lambda x: bool(strtobool(x)))
p.add_argument("--e", type=positive)
p.add_argument("--f", type=sizes)
p.add_argument("--g", type=json.loads)
p.add_argument("--h", type=Path)
p.add_argument("--i", type=eval)
p.parse_args()
`),
    ).to.deep.equal([
      "--a boolean from any-text",
      "--b boolean from words",
      "--c boolean from words",
      "--d boolean from words",
      "--e integer",
      "--f unknown",
      "--g unknown",
      "--h text",
      "--i unknown",
    ]);
  });

  it("take the values of an Enum as choices", () => {
    expect(
      optionsIn(`
import argparse
from enum import Enum
class Optimizer(str, Enum):
    ADAM = "adam"
    SGD = "sgd"
p = argparse.ArgumentParser()
p.add_argument("--a", choices=[o.value for o in Optimizer], default=Optimizer.ADAM.value)
p.add_argument("--b", type=Optimizer, default=Optimizer.SGD)
p.parse_args()
`),
    ).to.deep.equal(['--a text of adam, sgd = "adam"', '--b unknown of adam, sgd = "sgd"']);
  });

  it("have constants, arithmetic and keys of dictionaries as defaults and choices", () => {
    expect(
      optionsIn(`
import argparse
BASE = 2 ** 5
MODELS = {"small": 1, "large": 2}
p = argparse.ArgumentParser()
p.add_argument("--width", type=int, default=BASE * 2)
p.add_argument("--ratio", type=float, default=1 / 4)
p.add_argument("--momentum", type=float, default=0.)
p.add_argument("--model", choices=list(MODELS), default="small")
p.add_argument("--fold", type=int, choices=range(3))
p.parse_args()
`),
    ).to.deep.equal([
      "--width integer = 64",
      "--ratio number = 0.25",
      "--momentum number = 0",
      '--model text of small, large = "small"',
      "--fold integer of 0, 1, 2",
    ]);
  });

  it("are not those of a parser that is commented out", () => {
    expect(
      optionsIn(`
import argparse
p = argparse.ArgumentParser()
# p.add_argument("--old", type=float)
"""
p.add_argument("--older", type=float)
"""
p.add_argument("--lr", type=float)
p.parse_args()
`),
    ).to.deep.equal(["--lr number"]);
  });
});

describe("options that are added elsewhere", () => {
  it("come from functions that the parser goes through", () => {
    expect(
      optionsIn(
        `
from options import get_parser, add_model_args
def main():
    parser = get_parser()
    add_model_args(parser)
    args = parser.parse_args()
if __name__ == "__main__":
    main()
`,
        {
          "options.py": `
import argparse
def get_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float)
    return parser
def add_model_args(parser):
    group = parser.add_argument_group("model")
    add(group, "--width", 64)
    add(group, "--depth", 2, help="layers")
def add(to, name, value, **more):
    to.add_argument(name, type=int, default=value, **more)
if __name__ == "__main__":
    argparse.ArgumentParser().add_argument("--only-when-run-itself")
`,
        },
      ),
    ).to.deep.equal(["--lr number", "--width integer = 64", "--depth integer = 2"]);
  });

  it("come from a parser that stands in another module", () => {
    expect(
      optionsIn(
        `
import cli.options as o
from cli.options import parser
parser.add_argument("--here")
args = o.parser.parse_args()
`,
        {
          "cli/__init__.py": "",
          "cli/options.py": `
from argparse import ArgumentParser as Parser
parser = Parser()
parser.add_argument("--there")
`,
        },
      ),
    ).to.deep.equal(["--there text", "--here text"]);
  });

  it("come from a class that builds its parser bit by bit", () => {
    expect(
      optionsIn(`
import argparse
class Options:
    def __init__(self):
        self.parser = argparse.ArgumentParser()
        self.initialize()
    def initialize(self):
        self.parser.add_argument("--name")
    def parse(self):
        return self.parser.parse_args()
class TrainOptions(Options):
    def initialize(self):
        super().initialize()
        self.parser.add_argument("--epochs", type=int)
opt = TrainOptions().parse()
`),
    ).to.deep.equal(["--name text", "--epochs integer"]);
  });

  it("come from a subclass of the parser, and from its parents", () => {
    expect(
      optionsIn(`
import argparse
base = argparse.ArgumentParser(add_help=False)
base.add_argument("--seed", type=int, default=0)
class Parser(argparse.ArgumentParser):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_argument("--out")
    def add_flag(self, name):
        self.add_argument("--" + name, action="store_true")
p = Parser(parents=[base])
p.add_flag("fast")
p.parse_args()
`),
    ).to.deep.equal(["--seed integer = 0", "--out text", "--fast flag = false"]);
  });

  it("come from a loop over what is written down", () => {
    expect(
      optionsIn(`
import argparse
from types import SimpleNamespace
defaults = dict(lr=1e-3, epochs=3, name="base", amp=False)
p = argparse.ArgumentParser()
for key, value in defaults.items():
    p.add_argument(f"--{key}", type=type(value), default=value)
for name in ["alpha", "beta"]:
    option = "--" + name
    p.add_argument(option, type=float)
settings = SimpleNamespace(depth=2)
for key, value in vars(settings).items():
    p.add_argument("--%s" % key, type=type(value), default=value)
p.parse_args()
`),
    ).to.deep.equal([
      "--lr number = 0.001",
      "--epochs integer = 3",
      '--name text = "base"',
      "--amp boolean from any-text = false",
      "--alpha number",
      "--beta number",
      "--depth integer = 2",
    ]);
  });

  it("come from lists and dictionaries of what to add", () => {
    expect(
      optionsIn(`
import argparse
from dataclasses import dataclass, field, fields
@dataclass
class Base:
    seed: int = 0
@dataclass
class Config(Base):
    lr: float = 0.1
    name: str = field(default="base")
p = argparse.ArgumentParser()
for flag, kind in (("--x", int), ("--y", float)):
    p.add_argument(flag, type=kind)
for pair in [("--z", str)]:
    p.add_argument(pair[0], type=pair[1])
for entry in [{"name": "--a", "type": float, "default": 0.5}]:
    p.add_argument(entry["name"], type=entry["type"], default=entry["default"])
for flag, more in {"--n": dict(type=int, default=3)}.items():
    p.add_argument(flag, **more)
for f in fields(Config):
    p.add_argument("--" + f.name, type=f.type, default=f.default)
p.parse_args()
`),
    ).to.deep.equal([
      "--x integer",
      "--y number",
      "--z text",
      "--a number = 0.5",
      "--n integer = 3",
      "--seed integer = 0",
      "--lr number = 0.1",
      '--name text = "base"',
    ]);
  });

  it("have the defaults that are set afterwards", () => {
    expect(
      optionsIn(`
import argparse
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float, default=0.1)
p.set_defaults(lr=0.5)
p.parse_args()
`),
    ).to.deep.equal(["--lr number = 0.5"]);
  });

  it("are those of each command", () => {
    const line = onlyLine(
      readingOf(`
import argparse
p = argparse.ArgumentParser()
p.add_argument("--verbose", action="store_true")
commands = p.add_subparsers(dest="command")
train = commands.add_parser("train", aliases=["t"])
train.add_argument("--lr", type=float)
test = commands.add_parser("test")
p.parse_args()
`),
    );
    expect(line.commands.map(({ name }) => name)).to.deep.equal(["train", "t", "test"]);
    expect(optionsOf(line.commands[0]?.commandLine ?? line)).to.deep.equal(["--lr number"]);
  });
});

describe("what is not known of a parser", () => {
  const gapsOf = (program: string, others = {}) =>
    onlyLine(readingOf(program, others)).gaps.map(
      ({ why, place }) => `${why} in line ${place.line}`,
    );

  it("is an option whose name only a run knows", () => {
    expect(
      gapsOf(`
import argparse, yaml
p = argparse.ArgumentParser()
for key, value in yaml.safe_load(open("base.yaml")).items():
    p.add_argument("--" + key, default=value)
p.parse_args()
`),
    ).to.deep.equal(["options-computed in line 4"]);
  });

  it("is what a library adds to it", () => {
    expect(
      gapsOf(`
import argparse
from pytorch_lightning import Trainer
p = argparse.ArgumentParser()
p = Trainer.add_argparse_args(p)
p.parse_args()
`),
    ).to.deep.equal(["options-from-library in line 4"]);
  });

  it("is what somebody adds to it whom nobody knows, though the workspace may know the method", () => {
    const line = onlyLine(
      readingOf(`
import argparse
class Net:
    @staticmethod
    def add_model_args(parser):
        parser.add_argument("--width", type=int)
        return parser
p = argparse.ArgumentParser()
args, _ = p.parse_known_args()
p = registry[args.model].add_model_args(p)
p.parse_args()
`),
    );
    expect(line.gaps.map(({ why }) => why)).to.deep.equal(["parser-passed-on"]);
    expect(optionsOf(line)).to.deep.equal(["--width integer"]);
  });

  it("is what a command line was that the script changes first", () => {
    expect(
      gapsOf(`
import argparse, sys
sys.argv = [word.replace("-", "_") for word in sys.argv]
p = argparse.ArgumentParser()
p.parse_args()
`),
    ).to.deep.equal(["options-computed in line 2"]);
  });
});

describe("a parser", () => {
  const strictness = (program: string) => onlyLine(readingOf(program)).refusesUnknown;

  it("is open where it parses what it knows", () => {
    expect(
      strictness(`
import argparse
p = argparse.ArgumentParser()
args, rest = p.parse_known_args()
`),
    ).to.equal(false);
  });

  it("is closed where the rest goes to a second one, whose options it takes too", () => {
    const line = onlyLine(
      readingOf(`
import argparse
first = argparse.ArgumentParser(add_help=False)
first.add_argument("--config")
second = argparse.ArgumentParser()
second.add_argument("--lr", type=float)
def parse():
    given, rest = first.parse_known_args()
    return second.parse_args(rest)
args = parse()
`),
    );
    expect(line.refusesUnknown).to.equal(true);
    expect(optionsOf(line)).to.deep.equal(["--lr number", "--config text"]);
  });

  it("is open where a positional takes the rest", () => {
    expect(
      strictness(`
import argparse
p = argparse.ArgumentParser()
p.add_argument("opts", nargs=argparse.REMAINDER)
p.parse_args()
`),
    ).to.equal(false);
  });

  it("reads no command line where it parses words that are written down", () => {
    const reading = readingOf(`
import argparse
p = argparse.ArgumentParser()
p.add_argument("--lr")
args = p.parse_args([])
`);
    expect(reading.commandLines).to.be.empty;
    expect(reading.readsArguments).to.equal(false);
  });

  it("may be one of several, behind a switch", () => {
    const reading = readingOf(`
import argparse, os
a = argparse.ArgumentParser()
a.add_argument("--a")
b = argparse.ArgumentParser()
b.add_argument("--b")
if os.environ.get("MODE") == "a":
    args = a.parse_args()
else:
    args = b.parse_args()
`);
    expect(reading.commandLines.map((line) => optionsOf(line))).to.deep.equal([
      ["--a text"],
      ["--b text"],
    ]);
  });

  it("does not count where only a module that is run itself parses", () => {
    const reading = readingOf("import tool\n", {
      "tool.py": `
import argparse
if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--x")
    p.parse_args()
`,
    });
    expect(reading.commandLines).to.be.empty;
  });
});
