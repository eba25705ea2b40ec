import { expect } from "chai";
import { metricsOf } from "../../../../src/script/metrics/metrics.js";
import { metricVerdict } from "../../../../src/script/metrics/verdict.js";
import { readModules } from "../../../../src/script/modules.js";
import type { MetricReports } from "../../../../src/script/reading.js";
import { sourceFiles } from "../source-files.js";

function reportsOf(script: string, others: Readonly<Record<string, string>> = {}): MetricReports {
  const modules = readModules("train.py", sourceFiles({ "train.py": script, ...others }));
  if (modules === undefined) throw new Error("train.py was not read.");
  return metricsOf(modules);
}

/** Names as a reader would write them: what only a run knows is `…`. */
function namesIn({ reported }: MetricReports): readonly string[] {
  return reported.map(({ name }) => name.map((piece) => piece ?? "…").join(""));
}

function verdictOn(script: string, name: string, others?: Readonly<Record<string, string>>) {
  const verdict = metricVerdict(reportsOf(script, others), name);
  return verdict.kind === "near" ? `near ${verdict.name}` : verdict.kind;
}

describe("the metrics of a script", () => {
  it("are the keys of what is logged, wherever the dictionary grew", () => {
    const reports = reportsOf(`
import wandb
metrics = {"train/loss": 1.0}
metrics["val/loss"] = 2.0
metrics.update(lr=0.1, **{"epoch": 3})
metrics |= {"val/acc": 0.5}
wandb.log(metrics)
wandb.run.summary["best/acc"] = 0.9
`);
    expect(namesIn(reports)).to.have.members([
      "train/loss",
      "val/loss",
      "lr",
      "epoch",
      "val/acc",
      "best/acc",
    ]);
    expect(reports.open).to.be.empty;
  });

  it("stand where their names are written", () => {
    const script = `import wandb\nwandb.log({"loss": 1,\n  "val_loss": 2})\n`;
    const metric = reportsOf(script).reported.find(({ name }) => name[0] === "val_loss");
    expect(metric?.place.line).to.equal(2);
    expect(script.slice(metric?.place.start, metric?.place.end)).to.equal('"val_loss"');
  });

  it("are followed through functions, files and prefixes", () => {
    const reports = reportsOf(
      `
from tools import log_metrics, evaluate
for split in ["val", "test"]:
    log_metrics(evaluate(), split)
`,
      {
        "tools.py": `
import wandb
def evaluate():
    loss, acc = 1.0, 0.5
    return {"loss": loss, "acc": acc}
def log_metrics(metrics, prefix):
    wandb.log({f"{prefix}/{k}": v for k, v in metrics.items()})
`,
      },
    );
    expect(namesIn(reports)).to.have.members(["val/loss", "val/acc", "test/loss", "test/acc"]);
  });

  it("are those of a logger of the script's own, not what its callers hand it", () => {
    const reports = reportsOf(`
import wandb
class Logger:
    def __init__(self):
        self._wandb = wandb
    def log(self, d, category="train"):
        for k, v in d.items():
            self._wandb.log({category + "/" + k: v})
logger = Logger()
logger.log({"reward": 1.0}, "eval")
`);
    expect(namesIn(reports)).to.include("eval/reward");
    expect(namesIn(reports)).not.to.include("reward");
  });

  it("are patterns where a part is known to a run alone", () => {
    const script = `import wandb, sys\nwandb.log({f"val/{sys.argv[1]}": 1.0})\n`;
    expect(namesIn(reportsOf(script))).to.deep.equal(["val/…"]);
    expect(verdictOn(script, "val/loss")).to.equal("reported");
    expect(verdictOn(script, "train/loss")).to.equal("never");
  });

  it("are open where anything may be logged", () => {
    const script = `import wandb\nfrom somewhere import results\nwandb.log({"loss": 1})\nwandb.log(results())\n`;
    expect(reportsOf(script).open).to.have.length(1);
    expect(verdictOn(script, "val_loss")).to.equal("unknown");
    expect(verdictOn(script, "loss")).to.equal("reported");
  });

  it("are not what a logarithm is taken of, nor what a logger is told", () => {
    const reports = reportsOf(`
import logging, math, numpy as np, torch
logger = logging.getLogger()
logger.log(logging.INFO, "starting")
x = math.log(2.0) + np.log(x) + torch.log(y) + y.log()
`);
    expect(namesIn(reports)).to.be.empty;
    expect(reports.open).to.be.empty;
  });

  it("are what is printed with a number behind it", () => {
    const reports = reportsOf(`
import json
for epoch in range(3):
    print(f"epoch {epoch}: val_loss={loss:.3f}, val acc: {acc:.2%}")
    print("test_loss: %.3f" % loss)
    print(json.dumps({"f1": f1, "step": epoch}))
`);
    expect(namesIn(reports)).to.include.members(["val_loss", "val_acc", "test_loss", "f1"]);
  });

  it("stop at values that are made of themselves", () => {
    const script = `
import wandb
def wrap(m, depth):
    return wrap({**m, "inner": 1}, depth - 1) if depth else m
wandb.log(wrap({"loss": 1}, 5))
`;
    expect(namesIn(reportsOf(script))).to.include.members(["loss", "inner"]);
  });
});

describe("the metrics that libraries report for a script", () => {
  it("have Lightning's suffixes where a name is logged by step and by epoch", () => {
    const script = `
import lightning as L
class Net(L.LightningModule):
    def training_step(self, batch, i):
        self.log("train_loss", loss, on_step=True, on_epoch=True)
    def validation_step(self, batch, i):
        self.log("val_loss", loss)
        self.log_dict(self.metrics(y, t))
    def __init__(self):
        self.metrics = MetricCollection([Accuracy(), F1Score()], prefix="val_")
`;
    expect(verdictOn(script, "train_loss_epoch")).to.equal("reported");
    expect(verdictOn(script, "val_Accuracy")).to.equal("reported");
    expect(verdictOn(script, "valid_loss")).to.equal("near val_loss");
    expect(verdictOn(script, "val_loss/dataloader_idx_1")).to.equal("reported");
  });

  it("are open where Lightning trains a module that is not seen", () => {
    const script = `
from lightning.pytorch.cli import LightningCLI
LightningCLI()
`;
    expect(verdictOn(script, "val_loss")).to.equal("unknown");
  });

  it("have the Trainer's prefixes, with what compute_metrics returns", () => {
    const script = `
from transformers import Trainer, TrainingArguments
def compute_metrics(p):
    return {"f1": 0.5, "accuracy": 0.7}
trainer = Trainer(args=TrainingArguments(output_dir="x"), compute_metrics=compute_metrics)
`;
    for (const name of ["eval/f1", "eval_f1", "eval/loss", "train/loss", "eval/accuracy"]) {
      expect(verdictOn(script, name), name).to.equal("reported");
    }
    expect(verdictOn(script, "eval/precision")).to.equal("never");
  });

  it("lack W&B's prefixes where the Trainer reports to nobody", () => {
    const script = `
from transformers import Trainer, TrainingArguments
def build():
    def compute(p):
        return {"f1": 0.5}
    return compute
args = TrainingArguments(output_dir="x", report_to="none")
trainer = Trainer(args=args, compute_metrics=build())
`;
    expect(verdictOn(script, "eval/f1")).to.equal("near eval_f1");
    expect(verdictOn(script, "eval_f1")).to.equal("reported");
  });

  it("are Keras's, by what the model is compiled with", () => {
    const script = `
import tensorflow as tf
model = build()
model.compile(optimizer="adam", loss="mse", metrics=["accuracy", tf.keras.metrics.AUC(name="auc")])
`;
    for (const name of ["val_loss", "val_accuracy", "epoch/val_accuracy", "val_auc"]) {
      expect(verdictOn(script, name), name).to.equal("reported");
    }
    expect(verdictOn(script, "validation_accuracy")).to.equal("near val_accuracy");
  });

  it("are those of Stable-Baselines3's logger", () => {
    const script = "from stable_baselines3 import PPO\nPPO('MlpPolicy', env).learn(1000)\n";
    expect(verdictOn(script, "rollout/ep_rew_mean")).to.equal("reported");
    expect(verdictOn(script, "episode_reward")).not.to.equal("reported");
  });

  it("are not seen where another program is started", () => {
    const script = 'import subprocess, sys\nsubprocess.run([sys.executable, "train_one.py"])\n';
    expect(verdictOn(script, "val_loss")).to.equal("unknown");
  });
});

describe("the nearest metric", () => {
  const nearOf = (names: readonly string[], wanted: string) =>
    verdictOn(`import wandb\nwandb.log({${names.map((n) => `"${n}": 1`).join(", ")}})\n`, wanted);

  it("is the one of the same words", () => {
    expect(nearOf(["train_loss", "val_loss", "val_acc"], "validation_loss")).to.equal(
      "near val_loss",
    );
    expect(nearOf(["valid/loss", "valid/acc"], "val_loss")).to.equal("near valid/loss");
    expect(nearOf(["Reward", "Length"], "reward")).to.equal("near Reward");
    expect(nearOf(["val_los"], "val_loss")).to.equal("near val_los");
  });

  it("is none of another split, and none that only shares the split", () => {
    expect(nearOf(["train_loss"], "val_loss")).to.equal("never");
    expect(nearOf(["val_lr"], "val_accuracy")).to.equal("never");
  });
});
