import { expect } from "chai";
import { gapsOf, lineOf, linesOf, shown } from "./shown.js";

// Seen with transformers 5.24.0.
describe("HfArgumentParser", () => {
  it("makes options of the fields of dataclasses, with both spellings", () => {
    expect(
      shown(`
from dataclasses import dataclass, field
from enum import Enum
from typing import List, Literal, Optional
from transformers import HfArgumentParser

class Pooling(Enum):
    MEAN = "mean"
    CLS = "cls"

@dataclass
class Arguments:
    lr: float = field(default=1e-3, metadata={"help": "Step size."})
    batch_size: int = 32
    seed: Optional[int] = None
    norm: Literal["batch", "layer"] = "batch"
    pooling: Pooling = Pooling.MEAN
    layers: List[int] = field(default_factory=lambda: [1, 2])
    name: str = field(default="a", metadata={"aliases": ["--run"], "choices": ["a", "b"]})
    computed: int = field(default=0, init=False)
    data: str = field(metadata={"help": "Where the data is."})

arguments, = HfArgumentParser(Arguments).parse_args_into_dataclasses()
`),
    ).to.deep.equal([
      "--lr: number = 0.001",
      "--batch_size --batch-size: integer = 32",
      "--seed: integer = null",
      "--norm: text of batch layer = batch",
      "--pooling: text of mean cls = mean",
      "--layers: list of integer = [1,2]",
      "--name --run: text of a b = a",
      "--data: text required",
    ]);
  });

  it("takes words for a bool, and switches off one that is on", () => {
    expect(
      shown(`
from dataclasses import dataclass
from transformers import HfArgumentParser
@dataclass
class Arguments:
    fp16: bool = False
    use_cache: bool = True
HfArgumentParser((Arguments,)).parse_args_into_dataclasses()
`),
    ).to.deep.equal([
      "--fp16: boolean = false",
      "--use_cache --use-cache: boolean = true",
      "--no_use_cache --no-use-cache: flag off",
    ]);
  });

  it("joins several classes, and what they inherit within the workspace", () => {
    const line = lineOf({
      "train.py": `
import sys
from transformers import HfArgumentParser
from arguments import DataArguments, ModelArguments

def main():
    parser = HfArgumentParser((ModelArguments, DataArguments))
    if len(sys.argv) == 2 and sys.argv[1].endswith(".json"):
        model, data = parser.parse_json_file(sys.argv[1])
    else:
        model, data = parser.parse_args_into_dataclasses()

if __name__ == "__main__":
    main()
`,
      "arguments.py": `
from dataclasses import dataclass
@dataclass
class Base:
    seed: int = 0
    lr: float = 0.1
@dataclass
class ModelArguments(Base):
    lr: float = 0.2
@dataclass
class DataArguments:
    split: str = "train"
`,
    });
    expect(line.options.map(({ name, default: given }) => [name, given])).to.deep.equal([
      ["seed", 0],
      ["lr", 0.2],
      ["split", "train"],
    ]);
    expect(line).to.include({
      library: "hf-argument-parser",
      refusesUnknown: true,
      abbreviations: true,
    });
    expect(line.options[0]?.place).to.include({ path: "arguments.py", line: 4 });
  });

  it("knows common fields of TrainingArguments, and that there are more", () => {
    const line = lineOf(`
from dataclasses import dataclass
from transformers import HfArgumentParser, TrainingArguments
@dataclass
class Arguments(TrainingArguments):
    learning_rate: float = 1e-4
    margin: float = 0.5
HfArgumentParser(Arguments).parse_args_into_dataclasses()
`);
    const known = new Map(line.options.map((option) => [option.name, option]));
    expect(known.get("learning_rate")).to.include({ default: 1e-4 });
    expect(known.get("learning_rate")?.place.line).to.equal(5);
    expect(known.get("weight_decay")).to.deep.include({ default: 0, takes: { kind: "number" } });
    expect(known.get("margin")).to.deep.include({ takes: { kind: "number" } });
    expect(gapsOf(line)).to.deep.equal(["options-from-library"]);
  });

  it("does not refuse what remains where the script asks for it", () => {
    const line = lineOf(`
from dataclasses import dataclass
from transformers import HfArgumentParser
@dataclass
class Arguments:
    lr: float = 0.1
parser = HfArgumentParser(Arguments)
arguments, rest = parser.parse_args_into_dataclasses(return_remaining_strings=True)
`);
    expect(line.refusesUnknown).to.equal(false);
  });

  it("reads no command line where only a file is parsed", () => {
    expect(
      linesOf(`
from dataclasses import dataclass
from transformers import HfArgumentParser
@dataclass
class Arguments:
    lr: float = 0.1
parser = HfArgumentParser(Arguments)
arguments, = parser.parse_json_file("arguments.json")
`),
    ).to.deep.equal([]);
  });

  it("says so where the classes are not written down", () => {
    const line = lineOf(`
from transformers import HfArgumentParser
def read(classes):
    return HfArgumentParser(classes).parse_args_into_dataclasses()
read([])
`);
    expect(gapsOf(line)).to.deep.equal(["options-computed"]);
  });
});
