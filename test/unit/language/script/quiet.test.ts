/**
 * What must not be said: every script here is right for its sweep, in one of the ways that a look
 * for `--name` would take for a mistake.
 */
import { expect } from "chai";
import { findingsIn } from "../../../../src/language/findings.js";
import { nothingKnown } from "../../../../src/language/surroundings.js";
import { readScript } from "../../../../src/script/read-script.js";
import { parseSweep } from "../../../../src/sweep/parse.js";
import { sourceFiles } from "../../script/source-files.js";

/** Codes of errors and warnings, and all that compares a sweep with its script. */
function saidOf(sweep: string, files: Readonly<Record<string, string>>): readonly string[] {
  const parsed = parseSweep(sweep);
  const reading = readScript("train.py", sourceFiles(files));
  if (reading === undefined) throw new Error("train.py was not read.");
  const around = {
    ...nothingKnown,
    program: { kind: "read", path: "train.py", reading },
  } as const;
  return findingsIn(parsed, around)
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ code }) => code);
}

const bayes = (parameters: string, rest = "", metric = "val_loss") => `program: train.py
method: bayes
metric: {name: ${metric}, goal: minimize}
parameters:
${parameters}
${rest}`;

const lr = "  lr: {distribution: log_uniform_values, min: 1.0e-4, max: 0.1}";
const withoutHyphens = `command:
  - \${env}
  - \${interpreter}
  - \${program}
  - \${args_no_hyphens}`;

describe("a sweep that fits its script is left in peace where", () => {
  it("wandb.config is read in another function of another module", () => {
    const said = saidOf(bayes(`${lr}\n  width: {values: [64, 128]}`), {
      "train.py": "import wandb\nfrom model import fit\nwandb.init()\nfit(wandb.config)\n",
      "model.py": `
import wandb
def fit(settings):
    wandb.log({"val_loss": settings.lr * settings["width"]})
`,
    });
    expect(said).to.be.empty;
  });

  it("the whole configuration is handed to a constructor", () => {
    const said = saidOf(bayes(`${lr}\n  depth: {values: [2, 3]}`), {
      "train.py": `
import wandb
from elsewhere import Model
wandb.init()
model = Model(**wandb.config)
wandb.log({"val_loss": model.fit()})
`,
    });
    expect(said).to.be.empty;
  });

  it("options are added in a loop over a namespace", () => {
    const said = saidOf(bayes(lr), {
      "train.py": `
import argparse, wandb
defaults = argparse.Namespace(lr=0.1, width=64)
parser = argparse.ArgumentParser()
for name, value in vars(defaults).items():
    parser.add_argument(f"--{name}", type=type(value), default=value)
args = parser.parse_args()
wandb.init(config=args)
wandb.log({"val_loss": args.lr})
`,
    });
    expect(said).to.be.empty;
  });

  it("a name is a legal abbreviation, or a parser lets others pass", () => {
    for (const [parse, option] of [
      ["parse_args", "--lr_base"],
      ["parse_known_args", "--width"],
    ]) {
      const said = saidOf(bayes(lr), {
        "train.py": `
import argparse
import wandb
parser = argparse.ArgumentParser()
parser.add_argument("${option}", type=float)
args = parser.${parse}()
wandb.init()
wandb.log({"val_loss": wandb.config.lr})
`,
      });
      expect(said, parse).to.be.empty;
    }
  });

  it("Hydra has the key in a file of a group", () => {
    const said = saidOf(bayes("  optimizer.lr: {values: [0.1, 0.01]}", withoutHyphens), {
      "train.py": `
import hydra, wandb
@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg):
    wandb.init()
    wandb.log({"val_loss": cfg.optimizer.lr})
main()
`,
      "conf/config.yaml": "defaults:\n  - optimizer: adam\n",
      "conf/optimizer/adam.yaml": "lr: 0.001\n",
    });
    expect(said).to.be.empty;
  });

  it("a typed option converts what W&B reads as text", () => {
    const said = saidOf(bayes("  lr: {values: [1e-4, 1e-3]}"), {
      "train.py": `
import argparse, wandb
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float)
args = parser.parse_args()
wandb.init(config=args)
wandb.log({"val_loss": args.lr})
`,
    });
    expect(said).to.be.empty;
  });

  it("but not where wandb.config gives the text", () => {
    const said = saidOf(bayes("  lr: {values: [1e-4, 1e-3]}"), {
      "train.py": 'import wandb\nwandb.init()\nwandb.log({"val_loss": wandb.config.lr})\n',
    });
    expect(said).to.deep.equal(["number-without-dot", "number-without-dot"]);
  });

  it("the command leaves the arguments out, and the script asks wandb.config", () => {
    const said = saidOf(bayes(lr, "command: [python, '${program}']"), {
      "train.py": 'import wandb\nwandb.init()\nwandb.log({"val_loss": wandb.config.lr})\n',
    });
    expect(said).to.be.empty;
  });

  it("the metric is composed, or only in the summary", () => {
    const script = (line: string) => ({
      "train.py": `
import wandb
run = wandb.init()
loss = run.config.lr
for split in open("splits"):
    ${line}
`,
    });
    expect(saidOf(bayes(lr), script('run.log({f"{split}_loss": loss})'))).to.be.empty;
    expect(saidOf(bayes(lr), script('run.summary["val_loss"] = loss'))).to.be.empty;
    expect(saidOf(bayes(lr), script('run.log({"train_loss": loss})'))).to.deep.equal([
      "metric-not-logged",
    ]);
  });

  it("false is what a flag is without being given, or its negation is swept", () => {
    const files = {
      "train.py": `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float)
parser.add_argument("--bias", action=argparse.BooleanOptionalAction, default=True)
parser.add_argument("--amp", action=argparse.BooleanOptionalAction, default=False)
parser.add_argument("--cache", type=bool, nargs="?", const=True, default=False)
args = parser.parse_args()
print(f"val_loss={args.lr}")
`,
    };
    const command = "command: [python, '${program}', '${args_no_boolean_flags}']";
    const values = "{values: [true, false]}";
    const parameters = `${lr}\n  no-bias: ${values}\n  amp: ${values}\n  cache: ${values}`;
    expect(saidOf(bayes(parameters, command), files)).to.be.empty;
  });

  it("flags are given without values", () => {
    const files = {
      "train.py": `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float)
parser.add_argument("--augment", action="store_true")
args = parser.parse_args()
print(f"val_loss={args.lr}")
`,
    };
    const command = (macro: string) => `command: [python, '\${program}', '${macro}']`;
    const parameters = `${lr}\n  augment: {values: [true, false]}`;
    expect(saidOf(bayes(parameters, command("${args_no_boolean_flags}")), files)).to.be.empty;
    expect(saidOf(bayes(parameters, command("${args}")), files)).to.deep.equal([
      "boolean-to-a-flag",
    ]);
  });

  it("the script starts an agent of its own", () => {
    const said = saidOf(
      `method: random
metric: {name: val_loss, goal: minimize}
program: train.py
parameters:
  lr: {values: [0.1, 0.2]}
`,
      {
        "train.py": `
import argparse, wandb, yaml
parser = argparse.ArgumentParser()
parser.add_argument("--sweep", default="sweep.yaml")
args = parser.parse_args()
def run():
    with wandb.init():
        wandb.log({"val_loss": wandb.config.lr})
wandb.agent(wandb.sweep(yaml.safe_load(open(args.sweep))), function=run)
`,
      },
    );
    expect(said).to.be.empty;
  });

  it("a library that is not read takes the arguments", () => {
    const said = saidOf(bayes("  optim.base_lr: {values: [0.1, 0.01]}", withoutHyphens), {
      "train.py": `
from torch_geometric.graphgym.cmd_args import parse_args
from torch_geometric.graphgym.config import cfg, load_cfg
load_cfg(cfg, parse_args())
`,
    });
    expect(said).to.be.empty;
  });

  it("the script hands its arguments on as they are", () => {
    const said = saidOf(bayes("  model.depth: {values: [2, 3]}"), {
      "train.py": `
import os, sys
os.system("python src/main.py fit " + " ".join(sys.argv[1:]))
`,
    });
    expect(said).to.be.empty;
  });

  it("a library starts the run, and may read wandb.config", () => {
    const said = saidOf(
      bayes("  aggression: {values: [0.1, 0.5]}", "command: [python, train.py]"),
      {
        "train.py": `
from runner import Runner
Runner("config.yaml").train()
`,
      },
    );
    expect(said).to.be.empty;
  });
});

/** Real mistakes that no look at names tells from what is right: nothing is said, rightly or wrongly. */
describe("what is not seen, and not guessed at, is that", () => {
  it("a script asserts the values that it has by default", () => {
    const said = saidOf(bayes("  frac: {values: [0.1, 0.5]}"), {
      "train.py": `
import wandb
defaults = dict(frac=1.0)
wandb.init(config=defaults)
assert wandb.config.frac == defaults["frac"]
wandb.log({"val_loss": wandb.config.frac})
`,
    });
    expect(said).to.be.empty;
  });

  it("an attribute that is there already keeps its value", () => {
    const said = saidOf(bayes("  batch_size: {values: [64, 256]}"), {
      "train.py": `
import argparse, wandb
args = argparse.Namespace(batch_size=256)
wandb.init()
for name, value in wandb.config.items():
    if not hasattr(args, name):
        setattr(args, name, value)
wandb.log({"val_loss": args.batch_size})
`,
    });
    expect(said).to.be.empty;
  });

  it("a script takes one kind of model only", () => {
    const said = saidOf(bayes(lr), {
      "train.py": `
import argparse, wandb
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--model", default="forest")
args = parser.parse_args()
assert args.model == "linear"
wandb.init(config=args)
wandb.log({"val_loss": args.lr})
`,
    });
    expect(said).to.be.empty;
  });

  it("the module that logs is chosen by a computed name", () => {
    const said = saidOf(bayes(lr), {
      "train.py": `
import importlib, wandb
wandb.init()
importlib.import_module("models." + wandb.config.kind).fit(wandb.config.lr)
`,
      "models/linear.py": "import wandb\ndef fit(lr):\n    wandb.log({'loss': lr})\n",
    });
    expect(said).to.be.empty;
  });
});
