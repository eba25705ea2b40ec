import { expect } from "chai";
import { gapsOf, lineOf, shown } from "./shown.js";

// Seen with simple-parsing 0.1.9.
describe("simple-parsing", () => {
  it("makes options of the fields of dataclasses and of those within, by their own names", () => {
    expect(
      shown(`
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, Optional
from simple_parsing import choice, parse

class Norm(Enum):
    batch = "b"
    layer = "l"

@dataclass
class Optimizer:
    lr: float = 1e-3  # step size
    momentum: float = 0.9
    """Of plain gradient descent."""

@dataclass
class Config:
    optimizer: Optimizer = field(default_factory=Optimizer)
    batch_size: int = 32
    seed: Optional[int] = None
    norm: Norm = Norm.layer
    mode: Literal["a", "b"] = "a"
    kind: str = choice("x", "y", default="x")

config = parse(Config)
`),
    ).to.deep.equal([
      "--lr: number = 0.001",
      "--momentum: number = 0.9",
      "--batch_size: integer = 32",
      "--seed: integer = null",
      "--norm: text of batch layer = layer",
      "--mode: text of a b = a",
      "--kind: text of x y = x",
    ]);
  });

  it("keeps comments and docstrings of fields as their help", () => {
    const line = lineOf(`
from dataclasses import dataclass
import simple_parsing
@dataclass
class Config:
    lr: float = 1e-3  # step size
    # of plain
    # gradient descent
    momentum: float = 0.9
    decay: float = 0.0
    """Weight decay."""
simple_parsing.parse(Config)
`);
    expect(line.options.map(({ help }) => help)).to.deep.equal([
      "step size",
      "of plain gradient descent",
      "Weight decay.",
    ]);
    expect(line).to.include({ hyphens: "exact", abbreviations: true, refusesUnknown: true });
  });

  it("takes words for a bool, which has a negation of its own", () => {
    expect(
      shown(`
from dataclasses import dataclass
from simple_parsing import parse
@dataclass
class Config:
    amp: bool = False
parse(Config)
`),
    ).to.deep.equal(["--amp: boolean = false", "--noamp: flag off"]);
  });

  it("tells names that two dataclasses have apart by their path", () => {
    expect(
      shown(`
from dataclasses import dataclass
from simple_parsing import ArgumentParser
@dataclass
class Optimizer:
    lr: float = 0.1
    steps: int = 1
@dataclass
class Model:
    lr: float = 0.2
parser = ArgumentParser()
parser.add_arguments(Optimizer, dest="optimizer")
parser.add_arguments(Model, "model")
args = parser.parse_args()
`),
    ).to.deep.equal([
      "--optimizer.lr: number = 0.1",
      "--steps: integer = 1",
      "--model.lr: number = 0.2",
    ]);
  });

  it("says so where a parser takes other options as well", () => {
    const line = lineOf(`
from dataclasses import dataclass
from simple_parsing import ArgumentParser
@dataclass
class Config:
    lr: float = 0.1
parser = ArgumentParser()
parser.add_argument("--seed", type=int)
parser.add_arguments(Config, dest="config")
parser.parse_known_args()
`);
    expect(line.refusesUnknown).to.equal(false);
    expect(gapsOf(line)).to.deep.equal(["options-computed"]);
  });
});
