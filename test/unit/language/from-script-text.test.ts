/** From the text of a script to what a sweep beside it is offered: nothing in between is written down. */
import { expect } from "chai";
import { definitionAt } from "../../../src/language/navigation.js";
import { newSweepFrom } from "../../../src/language/new-sweep.js";
import { nothingKnown, type Surroundings } from "../../../src/language/surroundings.js";
import { readScript } from "../../../src/script/read-script.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { accepted, labelsAt } from "../../support/completing.js";
import { atCursor, yaml } from "../../support/cursor.js";
import { sourceFiles } from "../script/source-files.js";

function beside(texts: Readonly<Record<string, string>>): Surroundings {
  const files = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [`/w/${name}`, text]),
  );
  const reading = readScript("/w/train.py", sourceFiles(files), { root: "/w" });
  if (reading === undefined) throw new Error("train.py was not read");
  return { ...nothingKnown, program: { kind: "read", path: "/w/train.py", reading } };
}

function newSweep({ program }: Surroundings): string {
  if (program?.kind !== "read") throw new Error("no program");
  return newSweepFrom(program.reading, "train.py").text;
}

const argparse = yaml`
  import argparse
  import wandb

  parser = argparse.ArgumentParser()
  parser.add_argument("--learning-rate", type=float, default=3e-4, help="Of AdamW.")
  parser.add_argument("--opt", choices=["adamw", "sgd"], default="adamw")
  parser.add_argument("--epochs", type=int, default=5)
  args = parser.parse_args()
  wandb.init(config=vars(args))
  for epoch in range(args.epochs):
      wandb.log({"train/loss": 1.0, "valid/loss": 2.0})
`;

describe("beside a script with argparse", () => {
  const known = beside({ "train.py": argparse });

  it("offers its options as they are passed, with ranges around their defaults", () => {
    const at = atCursor`
      program: train.py
      parameters:
        ‸
    `;
    expect(labelsAt(at, known)[0]).to.equal("learning-rate");
    expect(accepted(at, "learning-rate", known)).to.include(
      "  learning-rate:\n    distribution: log_uniform_values\n    min: ",
    );
    expect(accepted(at, "opt", known)).to.include("  opt:\n    values: [adamw, sgd]\n");
  });

  it("offers the metric on validation data first", () => {
    expect(labelsAt(atCursor`metric: {name: ‸}`, known)[0]).to.equal("valid/loss");
  });

  it("leads to the line of the argument", () => {
    const { text, offset } = atCursor`
      parameters:
        learning-r‸ate: {value: 0.1}
    `;
    const [target] = definitionAt(parseSweep(text).document, offset, known)?.targets ?? [];
    if (target?.kind !== "source") throw new Error("no place in a source");
    const { start, end, line } = target.place;
    expect(argparse.slice(start, end)).to.include("--learning-rate");
    expect(line).to.equal(4);
  });

  it("makes a whole sweep", () => {
    const text = newSweep(known);
    expect(text).to.match(/^program: train\.py\n/);
    expect(text).to.include("name: valid/loss\n  goal: minimize");
    expect(text).to.match(/parameters:\n {2}learning-rate:\n/);
  });
});

describe("beside a script with Hydra", () => {
  const known = beside({
    "train.py": yaml`
      import hydra

      @hydra.main(config_path="conf", config_name="config", version_base=None)
      def main(cfg):
          print(cfg.optim.lr, cfg.model.width)

      if __name__ == "__main__":
          main()
    `,
    "conf/config.yaml": yaml`
      optim:
        lr: 0.001
      model:
        width: 128
    `,
  });

  it("offers its keys with their dots, and the command that passes them", () => {
    const at = atCursor`
      parameters:
        ‸
    `;
    expect(labelsAt(at, known)).to.include.members(["optim.lr", "model.width"]);
    const command = atCursor`
      command:
        ‸
    `;
    expect(labelsAt(command, known)[0]).to.equal("Hydra");
    expect(newSweep(known)).to.include("  - ${args_no_hyphens}\n");
  });
});

describe("beside a script that reads wandb.config", () => {
  const known = beside({
    "train.py": yaml`
      import wandb

      run = wandb.init(config={"lr": 0.01, "layers": 3})
      model = build(run.config.layers, wandb.config["lr"])
      run.log({"val_acc": 0.5})
    `,
  });

  it("offers the keys that it reads, around what it sets them to", () => {
    const at = atCursor`
      parameters:
        ‸
    `;
    expect(labelsAt(at, known)).to.include.members(["lr", "layers"]);
    expect(accepted(at, "lr", known)).to.include("min: 1.0e-3");
  });

  it("offers its metric with the goal that the name tells", () => {
    const at = atCursor`
      metric:
        name: ‸
    `;
    expect(accepted(at, "val_acc", known)).to.include("name: val_acc\n  goal: maximize");
  });
});
