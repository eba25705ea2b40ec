import { expect } from "chai";
import { gapsOf, lineOf, shown } from "./shown.js";

// Seen with typer 0.29.2.
describe("typer", () => {
  it("makes options of the parameters that have a default", () => {
    expect(
      shown(`
import typer
from typing import List, Literal, Optional, Tuple
from enum import Enum

class Optimizer(str, Enum):
    sgd = "sgd"
    ADAM = "adam"

def main(
    data: str,
    lr: float = 1e-3,
    batch_size: int = 32,
    seed: Optional[int] = None,
    patience: "int | None" = None,
    optimizer: Optimizer = Optimizer.ADAM,
    norm: Literal["batch", "layer"] = "batch",
    layers: List[int] = [1],
    untyped=3,
):
    ...

typer.run(main)
`),
    ).to.deep.equal([
      // data is an argument: \`--data=x\` is refused.
      "--lr: number = 0.001",
      "--batch-size: integer = 32",
      "--seed: integer = null",
      "--patience: integer = null",
      "--optimizer: text of sgd adam = adam",
      "--norm: text of batch layer = batch",
      "--layers: list of integer = [1]",
      "--untyped: integer = 3",
    ]);
  });

  it("makes flags of bools, with a negation beside them unless they are spelled out", () => {
    expect(
      shown(`
import typer
from typing import Annotated, Optional

def main(
    amp: bool = False,
    log_all: bool = True,
    maybe: Optional[bool] = None,
    once: bool = typer.Option(False, "--once"),
    accept: Annotated[bool, typer.Option("--accept/--reject")] = False,
): ...

typer.run(main)
`),
    ).to.deep.equal([
      "--amp: flag on, --no-amp off = false",
      "--log-all: flag on, --no-log-all off = true",
      "--maybe: flag on, --no-maybe off = null",
      "--once: flag on = false",
      "--accept: flag on, --reject off = false",
    ]);
  });

  it("takes the spellings of an option where they are written, and only those", () => {
    expect(
      shown(`
import typer
from typing import Annotated

def main(
    lr: float = typer.Option(0.1, "--learning_rate", "-l", help="Step size."),
    epochs: Annotated[int, typer.Option("--max-epochs", min=1)] = 3,
    seed: int = typer.Option(...),
    momentum: Annotated[float, typer.Option()] = 0.9,
    out: str = typer.Argument("out"),
): ...

typer.run(main)
`),
    ).to.deep.equal([
      "--learning_rate -l: number = 0.1",
      "--max-epochs: integer = 3",
      "--seed: integer required",
      "--momentum: number = 0.9",
    ]);
  });

  it("has no word for the only command of an app", () => {
    const line = lineOf(`
import typer
app = typer.Typer()

@app.command()
def train(lr: float = 0.1): ...

if __name__ == "__main__":
    app()
`);
    expect(line.commands).to.deep.equal([]);
    expect(line.options.map(({ name }) => name)).to.deep.equal(["lr"]);
    expect(line).to.include({ refusesUnknown: true, hyphens: "exact", abbreviations: false });
  });

  it("has words for several commands, for a callback's and for those of apps within", () => {
    expect(
      shown(`
import typer
app = typer.Typer()
data = typer.Typer()
app.add_typer(data, name="data")

@app.callback()
def common(seed: int = 0): ...

@app.command()
def train_model(lr: float = 0.1): ...

@app.command("test")
def evaluate(split: str = "val"): ...

@data.command()
def fetch(url: str = "x"): ...

app()
`),
    ).to.deep.equal([
      "--seed: integer = 0",
      "train-model",
      "  --lr: number = 0.1",
      "test",
      "  --split: text = val",
      "data",
      "  fetch",
      "    --url: text = x",
    ]);
  });

  it("follows an app that is put together from several modules", () => {
    expect(
      shown({
        "train.py": "from cli import app\nimport commands\napp()\n",
        "cli.py": "import typer\napp = typer.Typer()\n",
        "commands.py": `
from cli import app

@app.command()
def train(lr: float = 0.1): ...
`,
      }),
    ).to.deep.equal(["--lr: number = 0.1"]);
  });

  it("says so where a decorator of the workspace gives a function another signature", () => {
    const line = lineOf(`
import inspect
import typer

def from_dataclass(function):
    def wrapper(**options):
        return function(options)
    wrapper.__signature__ = inspect.signature(function)
    return wrapper

@from_dataclass
def main(lr: float = 0.1): ...

typer.run(main)
`);
    expect(gapsOf(line)).to.deep.equal(["options-computed"]);
  });

  it("has only apps within where it has no command of its own", () => {
    const apps = (rest: string) => `
import typer
app = typer.Typer()
model = typer.Typer()

@model.command()
def train(lr: float = 0.1): ...

${rest}
app()
`;
    const added = apps(`app.add_typer(model, name="m")`);
    expect(shown(added)).to.deep.equal(["m", "  train", "    --lr: number = 0.1"]);
    const computed = apps("app.add_typer(made_elsewhere())");
    expect(gapsOf(lineOf(computed))).to.deep.equal(["options-computed"]);
  });
});
