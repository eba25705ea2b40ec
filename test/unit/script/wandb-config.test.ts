import { expect } from "chai";
import { keysIn, readingOf } from "./reading.js";

describe("keys of wandb.config", () => {
  it("are attributes, elements and what get asks for", () => {
    expect(
      keysIn(`
import wandb
wandb.init()
config = wandb.config
print(wandb.config.lr, config.width, config["depth"], config.get("decay", 0.1))
`),
    ).to.deep.equal(["lr", "width", "depth", "decay = 0.1"]);
  });

  it("have the defaults that the run starts with", () => {
    expect(
      keysIn(`
import wandb
defaults = dict(lr=1e-3, epochs=3)
run = wandb.init(project="digits", config=defaults)
train(run.config.lr)
`),
    ).to.deep.equal(["lr = 0.001", "epochs = 3"]);
    expect(
      keysIn(`
import wandb
with wandb.init(config={"optim": {"name": "adam"}}) as run:
    config = run.config
    make(config.optim["name"])
`),
    ).to.deep.equal(['optim = {"name":"adam"}', 'optim.name = "adam"']);
  });

  it("have the defaults of the options that the run starts with", () => {
    expect(
      keysIn(`
import argparse, wandb
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float, default=0.1)
p.add_argument("--seed", type=int, default=1)
args = p.parse_args()
wandb.init(config=vars(args))
print(wandb.config.lr)
`),
    ).to.deep.equal(["lr = 0.1"]);
  });

  it("are followed into functions, classes and other modules", () => {
    expect(
      keysIn(
        `
import wandb
from model import build
def main(config=None):
    with wandb.init(config=config):
        train(wandb.config)
def train(cfg):
    net = build(cfg)
    Trainer(net, config=cfg).fit()
class Trainer:
    def __init__(self, net, config):
        self.config = config
    def fit(self):
        for _ in range(self.config.epochs):
            pass
main()
`,
        {
          "model.py": `
import torch.nn as nn
def build(hparams):
    return Net(hparams)
class Net(nn.Module):
    def __init__(self, hp):
        super().__init__()
        self.hp = hp
    def forward(self, x):
        return x * self.hp.scale
`,
        },
      ),
    ).to.have.members(["epochs", "scale"]);
  });

  it("are the parameters that it is spread over", () => {
    const { config } = readingOf(`
import wandb
wandb.init()
build(**wandb.config)
def build(width, depth=2, **more):
    print(more["bias"])
`);
    expect(config.keys.map(({ name }) => name)).to.have.members(["width", "depth", "bias"]);
    expect(config.passedOn).to.be.empty;
  });

  it("are what the arguments are asked for, once it was put into them", () => {
    const program = (put: string) => `
import argparse, wandb
p = argparse.ArgumentParser()
p.add_argument("--lr", type=float, default=0.1)
args, _ = p.parse_known_args()
wandb.init()
${put}
train(args)
def train(a):
    print(a.lr, a.width)
`;
    for (const put of [
      "vars(args).update(wandb.config)",
      "args.__dict__.update(wandb.config)",
      "for k, v in wandb.config.items(): setattr(args, k, v)",
      "for k in wandb.config.keys(): args.__dict__[k] = wandb.config[k]",
    ]) {
      expect(keysIn(program(put)), put).to.have.members(["lr = 0.1", "width"]);
    }
  });

  it("stay known in another form", () => {
    expect(
      keysIn(`
import wandb, copy
from argparse import Namespace
wandb.init()
args = Namespace(**dict(wandb.config))
hp = copy.deepcopy(wandb.config.as_dict())
print(args.lr, hp["width"], getattr(args, "depth", 3))
`),
    ).to.have.members(["lr", "width", "depth"]);
  });

  it("are asked for by a name alone, where a method of the value is called", () => {
    expect(
      keysIn("import wandb\nprint(wandb.config.opt.lower(), wandb.config.sizes[0])\n"),
    ).to.have.members(["opt", "sizes"]);
  });

  it("are those of the helper that trials are given", () => {
    expect(
      keysIn("import sweepdeck\np = sweepdeck.params({'lr': 0.1})\nprint(p['lr'], p['width'])\n"),
    ).to.deep.equal(["lr = 0.1", "width"]);
  });

  it("are read by a function that an agent of the script's own calls", () => {
    const reading = readingOf(`
import wandb
def train():
    wandb.init()
    print(wandb.config.lr)
wandb.agent("me/digits/abc", function=train, count=3)
`);
    expect(reading.config.keys.map(({ name }) => name)).to.deep.equal(["lr"]);
    expect(reading.startsAgent?.line).to.equal(5);
  });

  it("are read by a method that only a framework calls", () => {
    expect(
      keysIn(`
import wandb
from pytorch_lightning import LightningModule
class Net(LightningModule):
    def training_step(self, batch, index):
        return wandb.config.temperature
`),
    ).to.deep.equal(["temperature"]);
  });
});

describe("wandb.config as a whole", () => {
  const passedOn = (use: string) =>
    readingOf(`
import wandb, transformers
config = wandb.init().config
${use}
`).config.passedOn.map(({ line }) => line);

  it("is passed on where a library gets it", () => {
    expect(passedOn("transformers.Trainer(config)")).to.deep.equal([3]);
    expect(passedOn("transformers.Trainer(**config)")).to.deep.equal([3]);
    expect(passedOn("net = registry['net'](config)")).to.deep.equal([3]);
  });

  it("is passed on where its keys are taken by names that only a run knows", () => {
    expect(passedOn("print(config[input()])")).to.deep.equal([3]);
    expect(passedOn("open(os.environ['WANDB_SWEEP_PARAM_PATH'])")).to.deep.equal([0]);
    expect(passedOn("for k, v in config.items(): command.append(f'--{k}={v}')")).to.deep.equal([3]);
  });

  it("is not passed on where it is only looked at", () => {
    for (const use of [
      "print(config)",
      "print(dict(config))",
      "logger.info(config)",
      "for k, v in config.items(): print(k, v)",
      "wandb.config.update({'lr': 1})",
      "class C:\n    def f(self): self.__dict__.update(config)",
    ]) {
      expect(passedOn(use), use).to.be.empty;
    }
  });

  it("is not read where a run only starts with values", () => {
    expect(readingOf("import wandb\nwandb.init(config={'lr': 1})\n").config).to.include({
      isRead: false,
    });
  });
});
