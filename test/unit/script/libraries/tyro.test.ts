import { expect } from "chai";
import { gapsOf, lineOf, shown } from "./shown.js";

// Seen with tyro 1.0.17.
describe("tyro", () => {
  it("makes options of fields, with dots for what lies within, and either of - and _", () => {
    const script = `
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Literal, Optional, Tuple
import tyro

class Norm(Enum):
    batch = "b"
    layer = "l"

@dataclass
class Optimizer:
    lr: float = 1e-3
    weight_decay: float = 0.0

@dataclass
class Config:
    data: str
    optimizer: Optimizer = field(default_factory=Optimizer)
    seed: Optional[int] = None
    norm: Norm = Norm.layer
    mode: Literal["a", "b"] = "a"
    size: Tuple[int, int] = (1, 2)
    renamed: Annotated[int, tyro.conf.arg(name="other", aliases=["-o"])] = 3

config = tyro.cli(Config)
`;
    expect(shown(script)).to.deep.equal([
      "--data: text required",
      "--optimizer.lr: number = 0.001",
      "--optimizer.weight-decay: number = 0",
      "--seed: integer = null or None",
      "--norm: text of batch layer = layer",
      "--mode: text of a b = a",
      "--size: list of integer = [1,2]",
      "--other -o: integer = 3",
    ]);
    expect(lineOf(script)).to.include({
      hyphens: "either",
      abbreviations: false,
      refusesUnknown: true,
    });
  });

  it("makes flags of bools with a default; optional ones take a word", () => {
    expect(
      shown(`
import tyro
from typing import Optional
def main(amp: bool = False, *, log_all: bool = True, maybe: Optional[bool] = None): ...
tyro.cli(main)
`),
    ).to.deep.equal([
      "--amp: flag on, --no-amp off = false",
      "--log-all: flag on, --no-log-all off = true",
      "--maybe: boolean = null or None",
    ]);
    expect(
      shown(`
import tyro
def main(amp: bool = False): ...
tyro.cli(main, config=(tyro.conf.FlagConversionOff,))
`),
    ).to.deep.equal(["--amp: boolean = false"]);
  });

  it("makes subcommands of a union of dataclasses", () => {
    expect(
      shown(`
import tyro
from dataclasses import dataclass
from typing import Union
@dataclass
class TrainNow:
    lr: float = 0.1
@dataclass
class Evaluate:
    split: str = "val"
tyro.cli(Union[TrainNow, Evaluate])
`),
    ).to.deep.equal(["train-now", "  --lr: number = 0.1", "evaluate", "  --split: text = val"]);
    expect(
      shown(`
import tyro
from dataclasses import dataclass, field
@dataclass
class Adam:
    lr: float = 0.1
@dataclass
class SgdBig:
    momentum: float = 0.9
@dataclass
class Config:
    opt: Adam | SgdBig = field(default_factory=Adam)
    seed: int = 0
def main(config: Config): ...
tyro.cli(main)
`),
    ).to.deep.equal([
      "--config.seed: integer = 0",
      "config.opt:adam",
      "  --config.opt.lr: number = 0.1",
      "config.opt:sgd-big",
      "  --config.opt.momentum: number = 0.9",
    ]);
  });

  it("leaves out prefixes where the script says so", () => {
    expect(
      shown(`
import tyro
from dataclasses import dataclass, field
@dataclass
class Optimizer:
    lr: float = 0.1
@dataclass
class Config:
    optimizer: Optimizer = field(default_factory=Optimizer)
tyro.cli(tyro.conf.OmitArgPrefixes[Config])
`),
    ).to.deep.equal(["--lr: number = 0.1"]);
  });

  it("says so where what it is made of is not written down", () => {
    expect(gapsOf(lineOf("import tyro\nfrom lib import Config\ntyro.cli(Config)\n"))).to.deep.equal(
      ["options-computed"],
    );
  });

  // As its --help lists them.
  it("follows markers on fields, on functions and in config=", () => {
    const script = (call: string) => `
from dataclasses import dataclass, field
from typing import Annotated
import tyro

@dataclass
class Inner:
    lr: float = 0.1
    use: bool = False

@dataclass
class Marked:
    inner: Annotated[Inner, tyro.conf.arg(name="")] = field(default_factory=Inner)
    other: Annotated[Inner, tyro.conf.arg(name="o")] = field(default_factory=Inner)
    flag: tyro.conf.FlagConversionOff[bool] = False
    deep: tyro.conf.FlagConversionOff[Inner] = field(default_factory=Inner)

@dataclass
class Bare:
    inner: tyro.conf.OmitArgPrefixes[Inner] = field(default_factory=Inner)

@dataclass
class Pairs:
    on: bool = True
    off: bool = False

@tyro.conf.configure(tyro.conf.OmitArgPrefixes, tyro.conf.FlagConversionOff)
def main(inner: Inner, amp: bool = False): ...

markers = (tyro.conf.FlagConversionOff,)
${call}
`;
    expect(shown(script("tyro.cli(Marked)"))).to.deep.equal([
      "--lr: number = 0.1",
      "--use: flag on, --no-use off = false",
      "--o.lr: number = 0.1",
      "--o.use: flag on, --o.no-use off = false",
      "--flag: boolean = false",
      "--deep.lr: number = 0.1",
      "--deep.use: boolean = false",
    ]);
    expect(shown(script("tyro.cli(Bare)"))).to.deep.equal([
      "--lr: number = 0.1",
      "--use: flag on, --no-use off = false",
    ]);
    expect(shown(script("tyro.cli(main)"))).to.deep.equal([
      "--lr: number = 0.1",
      "--use: boolean = false",
      "--amp: boolean = false",
    ]);
    expect(shown(script("tyro.cli(Pairs, config=markers)"))).to.deep.equal([
      "--on: boolean = true",
      "--off: boolean = false",
    ]);
    expect(shown(script("tyro.cli(Pairs, config=(tyro.conf.FlagCreatePairsOff,))"))).to.deep.equal([
      "--no-on: flag off = true",
      "--off: flag on = false",
    ]);
  });
});
