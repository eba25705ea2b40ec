import { expect } from "chai";
import { acceptanceOf, type Passed } from "../../../src/script/acceptance.js";
import { readingOf } from "./reading.js";

const asOptions: Passed = { style: "hyphens", words: [] };
const notAtAll: Passed = { style: "none", words: [] };

function judged(
  program: string,
  name: string,
  passed: Passed = asOptions,
  others: Readonly<Record<string, string>> = {},
): string {
  const acceptance = acceptanceOf(readingOf(program, others), name, passed);
  switch (acceptance.verdict) {
    case "accepted":
      return `accepted by ${acceptance.option?.spellings[0] ?? `config ${acceptance.key?.name}`}`;
    case "unknown":
      return `unknown ${acceptance.because.map(({ why }) => why).join()}`.trim();
    default:
      return [acceptance.verdict, acceptance.closest].filter(Boolean).join(", closest ");
  }
}

const closed = `
import argparse
p = argparse.ArgumentParser()
p.add_argument("--learning-rate", type=float)
p.add_argument("--batch_size", type=int)
p.add_argument("--num-layers", type=int)
args = p.parse_args()
`;

describe("a swept name", () => {
  it("is accepted where an option has that spelling, or begins with it alone", () => {
    expect(judged(closed, "learning-rate")).to.equal("accepted by --learning-rate");
    expect(judged(closed, "batch")).to.equal("accepted by --batch_size");
  });

  it("is refused by a closed parser, with the option that was probably meant", () => {
    expect(judged(closed, "learning_rate")).to.equal("refused, closest learning-rate");
    expect(judged(closed, "lr")).to.equal("refused, closest learning-rate");
    expect(judged(closed, "n_layers")).to.equal("refused, closest num-layers");
    expect(judged(closed, "dropout")).to.equal("refused");
  });

  it("is refused though the configuration has it: the program ends before", () => {
    expect(judged(`${closed}\nimport wandb\nprint(wandb.config.width)`, "width")).to.equal(
      "refused",
    );
  });

  it("is refused only where no other way is left", () => {
    const switched = `
import argparse, os
a = argparse.ArgumentParser()
a.add_argument("--lr")
b = argparse.ArgumentParser()
if os.environ.get("OPEN"):
    args, _ = a.parse_known_args()
else:
    args = b.parse_args()
`;
    expect(judged(switched, "lr")).to.equal("accepted by --lr");
    expect(judged(switched, "width")).to.equal("unread");
    expect(
      judged(switched.replace("args, _ = a.parse_known_args()", "args = a.parse_args()"), "width"),
    ).to.equal("refused");
  });

  it("is not refused where a test decides whether arguments are parsed, and the configuration is read", () => {
    const program = `
import argparse, os, wandb
p = argparse.ArgumentParser()
if os.environ.get("WANDB_SWEEP_ID"):
    args = wandb.config
else:
    args = p.parse_args()
print(args.lr)
`;
    expect(judged(program, "lr")).to.equal("accepted by config lr");
    expect(judged(program, "width")).to.equal("unread");
  });

  it("is not refused where the parser was not wholly seen", () => {
    const open = closed.replace("args = ", "p = add_model_options(p)\nargs = ");
    expect(judged(`from models import add_model_options${open}`, "width")).to.equal(
      "unknown options-from-library",
    );
    expect(judged(`${closed}\ndef broken(:\n`, "width")).to.equal("unknown syntax-error");
  });

  it("is not refused by a script that starts its own agent, past its command line", () => {
    const program = `${closed}\nimport wandb\nwandb.agent("x", function=train)\n`;
    expect(judged(program, "width")).to.equal("unread");
  });

  it("is that of the chosen command", () => {
    const program = `
import argparse
p = argparse.ArgumentParser()
commands = p.add_subparsers()
train = commands.add_parser("train")
train.add_argument("--lr")
test = commands.add_parser("test")
p.parse_args()
`;
    expect(judged(program, "lr", { style: "hyphens", words: ["train"] })).to.equal(
      "accepted by --lr",
    );
    expect(judged(program, "lr", { style: "hyphens", words: ["test"] })).to.equal("refused");
    expect(judged(program, "width")).to.equal("unread");
  });

  it("is accepted by wandb.config, passed or not", () => {
    const program = "import wandb\nwandb.init()\nprint(wandb.config.lr)\n";
    expect(judged(program, "lr")).to.equal("accepted by config lr");
    expect(judged(program, "lr", notAtAll)).to.equal("accepted by config lr");
  });

  it("is unread where nothing that was read says it", () => {
    const program = "import wandb\nwandb.init()\nprint(wandb.config.learning_rate)\n";
    expect(judged(program, "lr")).to.equal("unread, closest learning_rate");
  });

  it("may be read where its word stands, though not where it is only a comment or a docstring", () => {
    const program = (line: string) => `"""Takes width."""
import wandb
config = wandb.config
print(config.lr)
${line}
`;
    expect(judged(program("# width"), "width")).to.equal("unread");
    expect(judged(program("print('width')"), "width")).to.equal("unknown");
    expect(judged(program("x.width = 3"), "optim.width")).to.equal("unknown");
    expect(judged(program("x['hidden-width']"), "hidden_width")).to.equal("unknown");
  });

  it("may be read where the configuration is passed on, or a module was not seen", () => {
    const program = "import wandb, lib\nconfig = wandb.init().config\n";
    expect(judged(`${program}lib.train(config)\n`, "lr")).to.equal("unknown");
    expect(
      judged(`${program}import importlib\nimportlib.import_module(config.task)\n`, "lr"),
    ).to.equal("unknown computed-import");
  });

  it("is not accepted by a configuration that a run only starts with", () => {
    const program = "import wandb\nvalues = {'lr': 1}\nwandb.init(config=values)\nf(values)\n";
    expect(judged(program, "lr")).to.equal("unknown");
    expect(judged(`${program}print(wandb.config)`, "lr")).to.equal("unknown");
    expect(judged(`${program}print(wandb.config.width)`, "lr")).to.equal("accepted by config lr");
  });

  it("may be read by a library that is handed the command line", () => {
    expect(judged("from lib import main\nmain()\n", "lr")).to.equal("unknown options-from-library");
  });
});
