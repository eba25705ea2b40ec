import { expect } from "chai";
import { gapsOf, lineOf, linesOf, shown } from "./shown.js";

// Seen with typed-argument-parser 1.12.0.
describe("Tap", () => {
  it("makes options of a class's attributes and of those that it inherits", () => {
    const script = `
from typing import List, Literal, Optional
from tap import Tap

class Base(Tap):
    seed: int = 0

class Arguments(Base):
    data: str
    lr: float = 1e-3  # step size
    patience: Optional[int] = None
    mode: Literal["a", "b"] = "a"
    layers: List[int] = [1]
    untyped = "x"

    def configure(self):
        self.add_argument("-b", "--batch_size")

    batch_size: int = 32

args = Arguments().parse_args()
`;
    expect(shown(script)).to.deep.equal([
      "--seed: integer = 0",
      "--data: text required",
      "--lr: number = 0.001",
      "--patience: integer = null",
      "--mode: text of a b = a",
      "--layers: list of integer = [1]",
      "-b --batch_size: integer = 32",
      "--untyped: text = x",
    ]);
    expect(lineOf(script)).to.include({
      refusesUnknown: true,
      hyphens: "exact",
      abbreviations: true,
    });
    expect(lineOf(script).options[2]?.help).to.equal("step size");
  });

  it("switches a bool that is on off by its own name", () => {
    expect(
      shown(`
from tap import Tap
class Arguments(Tap):
    amp: bool = False
    shuffle: bool = True
Arguments().parse_args()
`),
    ).to.deep.equal(["--amp: flag on = false", "--shuffle: flag off = true"]);
  });

  it("takes words and hyphens where the class is made so, and leaves what it does not know", () => {
    const line = lineOf(`
from tap import Tap
class Arguments(Tap):
    use_amp: bool = False
Arguments(explicit_bool=True, underscores_to_dashes=True).parse_args(known_only=True)
`);
    expect(line.options[0]).to.deep.include({
      spellings: ["--use-amp"],
      takes: { kind: "boolean", reads: "words" },
    });
    expect(line.refusesUnknown).to.equal(false);
    // `extra_args` may go anywhere.
    expect(gapsOf(line)).to.deep.equal(["options-computed"]);
  });

  it("makes options of a function", () => {
    expect(
      shown(`
from tap import tapify
def main(lr: float = 0.1, amp: bool = False): ...
tapify(main)
`),
    ).to.deep.equal(["--lr: number = 0.1", "--amp: flag on = false"]);
  });
});

// Seen with pyrallis 0.3.1.
describe("pyrallis", () => {
  const config = `
from dataclasses import dataclass, field
from enum import Enum
from typing import List, Optional
import pyrallis

class Norm(Enum):
    batch = "b"
    layer = "l"

@dataclass
class Optimizer:
    lr: float = 1e-3

@dataclass
class Config:
    optimizer: Optimizer = field(default_factory=Optimizer)
    batch_size: int = 32
    amp: bool = False
    seed: Optional[int] = None
    norm: Norm = Norm.layer
    layers: List[int] = field(default_factory=lambda: [1])
`;
  const options = [
    "--optimizer.lr: number = 0.001",
    // An int takes 3.5, and drops the fraction.
    "--batch_size: number = 32",
    "--amp: boolean = false",
    "--seed: number = null",
    "--norm: text of batch layer = layer",
    "--layers: list of number = [1]",
    "--config_path: text",
  ];

  it("makes options of the dataclass that a function is wrapped for", () => {
    const script = `${config}
@pyrallis.wrap()
def main(config: Config): ...

if __name__ == "__main__":
    main()
`;
    expect(shown(script)).to.deep.equal(options);
    expect(lineOf(script)).to.include({ refusesUnknown: true, abbreviations: true });
  });

  it("makes the same of one that is parsed", () => {
    expect(shown(`${config}\nconfig = pyrallis.parse(config_class=Config)\n`)).to.deep.equal(
      options,
    );
  });
});

// Seen with fire 0.7.1.
describe("fire", () => {
  it("takes anything for the parameters of a function", () => {
    const script = `
import fire
def train(data, lr=0.1, batch_size=32, amp: bool = False): ...
fire.Fire(train)
`;
    expect(shown(script)).to.deep.equal([
      "--data: unknown required or None",
      "--lr: unknown = 0.1 or None",
      "--batch_size: unknown = 32 or None",
      "--amp: unknown = false or None",
    ]);
    expect(lineOf(script)).to.include({ hyphens: "either", refusesUnknown: true });
  });

  it("refuses nothing with **kwargs", () => {
    const line = lineOf("import fire\ndef train(lr=0.1, **more): ...\nfire.Fire(train)\n");
    expect(line.refusesUnknown).to.equal(false);
  });

  it("has commands for the methods of a class, a dictionary's keys and a module's functions", () => {
    const ofClass = shown(`
import fire
class Trainer:
    def __init__(self, seed=0): ...
    def train(self, lr=0.1): ...
    def _inner(self): ...
fire.Fire(Trainer)
`);
    expect(ofClass).to.deep.equal([
      "--seed: unknown = 0 or None",
      "train",
      "  --lr: unknown = 0.1 or None",
      "  --seed: unknown = 0 or None",
    ]);
    const ofDictionary = shown(`
import fire
def train(lr=0.1): ...
def evaluate(split="val"): ...
fire.Fire({"fit": train, "test": evaluate})
`);
    expect(ofDictionary).to.include.members(["fit", "test", "  --split: unknown = val or None"]);
    const ofModule = shown("import fire\ndef train(lr=0.1): ...\nfire.Fire()\n");
    expect(ofModule).to.deep.equal(["train", "  --lr: unknown = 0.1 or None"]);
  });
});

// Seen with absl-py 2.5.1.
describe("absl", () => {
  it("takes the flags of every module that is imported", () => {
    const workspace = {
      "train.py": `
from absl import app, flags
import model
FLAGS = flags.FLAGS
flags.DEFINE_float("lr", 1e-3, "Step size.")
flags.DEFINE_integer("batch_size", 32, "", lower_bound=1)
flags.DEFINE_enum("optimizer", "sgd", ["sgd", "adam"], "Which.")
flags.DEFINE_list("layers", ["1"], "")
flags.DEFINE_multi_integer("gpu", [0], "")
flags.DEFINE_string("tag", None, "")

def main(argv): ...

if __name__ == "__main__":
    app.run(main)
`,
      "model.py": `
from absl import flags
WIDTH = flags.DEFINE_integer("width", 64, "Units.")
flags.DEFINE_bool("norm", True, "")
`,
    };
    expect(shown(workspace)).to.include.members([
      "--lr: number = 0.001",
      "--batch_size: integer = 32",
      "--optimizer: text of sgd adam = sgd",
      '--layers: list of text = ["1"]',
      "--gpu: list of integer = [0]",
      "--tag: text = null or None",
      "--width: integer = 64",
      "--norm: boolean = true",
      "--nonorm: flag off",
    ]);
    expect(lineOf(workspace)).to.include({
      refusesUnknown: true,
      hyphens: "exact",
      abbreviations: false,
    });
    expect(lineOf(workspace).options.find(({ name }) => name === "optimizer")?.help).to.equal(
      "Which.",
    );
  });

  it("refuses nothing where only known flags are parsed", () => {
    const line = lineOf(`
import sys
from absl import flags
flags.DEFINE_float("lr", 0.1, "")
flags.FLAGS(sys.argv, known_only=True)
`);
    expect(line.refusesUnknown).to.equal(false);
  });

  it("does not see the flags of libraries that define some", () => {
    const line = lineOf(`
from absl import app, flags
from t5x import train as t5x_train
flags.DEFINE_float("lr", 0.1, "")
app.run(t5x_train.main)
`);
    expect(gapsOf(line)).to.deep.equal(["options-from-library"]);
  });

  it("says below which name a file's own values are set", () => {
    const line = lineOf(`
from absl import app
from ml_collections import config_flags
config_flags.DEFINE_config_file("config", "configs/default.py")
app.run(lambda argv: None)
`);
    expect(gapsOf(line)).to.deep.equal(["options-from-file: config"]);
  });
});

describe("arguments that are handed on", () => {
  it("are anything at all to OmegaConf.from_cli", () => {
    const line = lineOf(`
from omegaconf import OmegaConf
config = OmegaConf.merge(OmegaConf.create({"lr": 0.1}), OmegaConf.from_cli())
`);
    expect(line).to.include({ library: "omegaconf", style: "overrides", refusesUnknown: false });
  });

  it("are the script's own globals to a text that it executes", () => {
    const configurator = `
import sys
for argument in sys.argv[1:]:
    key, value = argument[2:].split("=")
    if key in globals():
        globals()[key] = value
    else:
        raise ValueError(f"Unknown config key: {key}")
`;
    const script = `
learning_rate = 6e-4
batch_size = 12
compile = True
dataset = "text"
exec(open("configurator.py").read())
later = 1
`;
    expect(shown({ "train.py": script, "configurator.py": configurator })).to.deep.equal([
      "--learning_rate: number = 0.0006",
      "--batch_size: integer = 12",
      "--compile: boolean = true",
      "--dataset: text = text",
    ]);
    expect(linesOf(script)).to.deep.equal([]);
  });
});
