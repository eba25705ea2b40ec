import { expect } from "chai";
import { gapsOf, lineOf, shown } from "./shown.js";

// Seen with jsonargparse 4.53.0.
describe("jsonargparse", () => {
  it("makes options of a function's parameters, with dots for what lies within", () => {
    expect(
      shown(`
from dataclasses import dataclass
from enum import Enum
from typing import List, Literal, Optional
from jsonargparse import CLI

class Norm(Enum):
    batch = 1
    layer = 2

@dataclass
class Optimizer:
    lr: float = 0.1
    steps: int = 1

def main(
    data: str,
    optimizer: Optimizer = Optimizer(),
    amp: bool = False,
    seed: Optional[int] = None,
    norm: Norm = Norm.batch,
    mode: Literal["a", "b"] = "a",
    layers: List[int] = [1],
    untyped=3,
):
    """Trains.

    Args:
        amp: Whether to use half precision.
    """

CLI(main)
`),
    ).to.deep.equal([
      // What has no default is given by its place.
      "--optimizer.lr: number = 0.1",
      "--optimizer.steps: integer = 1",
      "--amp: boolean = false",
      "--seed: integer = null",
      "--norm: text of batch layer = batch",
      "--mode: text of a b = a",
      "--layers: list of integer = [1]",
      "--untyped: unknown = 3",
      "--config: text",
    ]);
  });

  it("makes commands of a class's methods, and of several components", () => {
    expect(
      shown(`
from jsonargparse import CLI
class Trainer:
    def __init__(self, seed: int = 0): ...
    def train_it(self, lr: float = 0.1): ...
    def _hidden(self): ...
def evaluate(split: str = "val"): ...
CLI([Trainer, evaluate])
`),
    ).to.deep.equal([
      "Trainer",
      "  --seed: integer = 0",
      "  --config: text",
      "  train_it",
      "    --lr: number = 0.1",
      "evaluate",
      "  --split: text = val",
      "  --config: text",
    ]);
  });

  it("follows a parser that takes the signatures of classes, and what they inherit", () => {
    const line = lineOf(`
from jsonargparse import ActionConfigFile, ArgumentParser

class Base:
    def __init__(self, hidden: int = 3, act: str = "relu"): ...

class Model(Base):
    def __init__(self, lr: float = 0.1, **kwargs):
        super().__init__(act="gelu", **kwargs)

def schedule(warmup: int = 0): ...

parser = ArgumentParser()
parser.add_argument("--config", action=ActionConfigFile)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--amp", type=bool, default=False)
parser.add_class_arguments(Model, "model")
parser.add_function_arguments(schedule, "schedule")
parser.link_arguments("seed", "model.hidden")
config = parser.parse_args()
`);
    expect(line.options.map(({ name, takes }) => `${name} ${takes.kind}`)).to.include.members([
      "seed integer",
      "amp boolean",
      "model.lr number",
      "schedule.warmup integer",
    ]);
    // One is given to the base, the other linked: both are refused.
    const names = line.options.map(({ name }) => name);
    expect(names).to.not.include.members(["model.hidden"]);
    expect(names).to.not.include.members(["model.act"]);
    expect(line).to.include({ refusesUnknown: true, abbreviations: true, hyphens: "exact" });
    expect(line.gaps).to.deep.equal([]);
  });

  it("says below which name classes may be chosen that it does not know", () => {
    const line = lineOf(`
from jsonargparse import CLI
from torch import nn
class Base:
    def __init__(self, width: int = 3): ...
def main(lr: float = 0.1, loss: nn.Module = None, base: Base = None): ...
CLI(main)
`);
    expect(line.options.map(({ name }) => name)).to.include.members(["lr", "loss", "base.width"]);
    expect(gapsOf(line)).to.deep.equal([
      "options-from-library: loss",
      "options-from-library: base",
    ]);
  });
});

// By Lightning's documentation; what jsonargparse makes of signatures was seen.
describe("LightningCLI", () => {
  const model = `
from lightning.pytorch import LightningModule
class Model(LightningModule):
    def __init__(self, lr: float = 1e-3, width: int = 64):
        super().__init__()
`;
  const data = `
import lightning as L
class Data(L.LightningDataModule):
    def __init__(self, batch_size: int = 32):
        """
        Args:
            batch_size: Samples to a step.
        """
`;

  it("puts the options of model, data and trainer behind fit", () => {
    const line = lineOf({
      "train.py": `
from lightning.pytorch.cli import LightningCLI
from model import Model
from data import Data
if __name__ == "__main__":
    cli = LightningCLI(Model, datamodule_class=Data)
`,
      "model.py": model,
      "data.py": data,
    });
    expect(line.commands.map(({ name }) => name)).to.include.members(["fit", "validate", "test"]);
    const fit = line.commands.find(({ name }) => name === "fit")?.commandLine;
    const options = new Map(fit?.options.map((option) => [option.name, option]));
    expect(options.get("model.lr")).to.include({ default: 1e-3 });
    expect(options.get("data.batch_size")).to.include({ help: "Samples to a step." });
    expect(options.get("trainer.max_epochs")?.takes).to.deep.equal({ kind: "integer" });
    expect(fit && gapsOf(fit)).to.deep.equal([
      "options-from-library: trainer",
      "options-from-library: optimizer",
      "options-from-library: lr_scheduler",
    ]);
  });

  it("has no subcommand with run=False, and follows what a subclass adds and links", () => {
    const line = lineOf({
      "train.py": `
from pytorch_lightning.utilities.cli import LightningCLI
from model import Model
from data import Data

class CLI(LightningCLI):
    def add_arguments_to_parser(self, parser):
        parser.add_argument("--tag", default="x")
        parser.link_arguments("data.batch_size", "model.width")

cli = CLI(Model, Data, run=False)
`,
      "model.py": model,
      "data.py": data,
    });
    const names = line.options.map(({ name }) => name);
    expect(line.commands).to.deep.equal([]);
    expect(names).to.include.members(["model.lr", "data.batch_size", "tag", "seed_everything"]);
    expect(names).to.not.include("model.width");
  });

  it("knows nothing below a model that is chosen by name", () => {
    const fit = lineOf(`
from lightning.pytorch.cli import LightningCLI
LightningCLI()
`).commands[0]?.commandLine;
    expect(fit && gapsOf(fit)).to.include.members([
      "options-from-library: model",
      "options-from-library: data",
    ]);
  });
});
