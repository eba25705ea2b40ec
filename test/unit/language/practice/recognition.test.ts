import { expect } from "chai";
import { couplings } from "../../../../src/language/practice/couplings.js";
import { families } from "../../../../src/language/practice/families/all.js";
import { foldedName } from "../../../../src/language/practice/family.js";
import { type Context, familyOf } from "../../../../src/language/practice/practice.js";
import type { Json } from "../../../../src/space/value.js";

function meant(name: string, context?: Context, preset?: Json): string {
  return familyOf(name, context, preset)?.id ?? "unknown";
}

const beside = (...siblings: string[]): Context => ({ siblings });
const inScript = (...words: string[]): Context => ({ siblings: [], words: new Set(words) });

describe("a name of a parameter", () => {
  for (const name of ["lr", "LR", "learning-rate", "optim.lr", "SOLVER.BASE_LR", "model.init_lr"]) {
    it(`is the learning rate when written ${name}`, () => {
      expect(meant(name)).to.equal("learning_rate");
    });
  }

  for (const [name, id] of [
    ["wd", "weight_decay"],
    ["hidden_dropout_prob", "dropout"],
    ["n_layers", "num_layers"],
    ["d_model", "width"],
    ["adam_beta1", "momentum"],
    ["max_grad_norm", "grad_clip"],
    ["random_state", "seed"],
    ["trainer.max_epochs", "budget"],
    ["num_workers", "bookkeeping"],
    ["val_split", "yardstick"],
  ] as const) {
    it(`is ${id} when written ${name}`, () => {
      expect(meant(name)).to.equal(id);
    });
  }

  for (const name of [
    ...["alpha", "beta", "gamma", "lambda", "eta", "tau", "temperature", "r", "rank", "C", "p"],
    ...["patience", "lr_decay", "decay_rate", "lr_exp", "eps", "margin", "n_steps"],
  ]) {
    it(`is left alone where nothing tells what ${name} means`, () => {
      expect(meant(name)).to.equal("unknown");
    });
  }

  it("is told by the parameters beside it", () => {
    expect(meant("alpha", beside("lora_r"))).to.equal("lora_alpha");
    expect(meant("alpha", beside("learning_rate_init"))).to.equal("mlp.alpha");
    expect(meant("alpha", beside("colsample_bytree"))).to.equal("boosting.l1");
    expect(meant("alpha", beside("mixup_prob"))).to.equal("mixup");
    expect(meant("alpha", beside("l1_ratio"))).to.equal("linear.alpha");
    expect(meant("alpha", beside("buffer_size"))).to.equal("rl.entropy");
    expect(meant("gamma", beside("milestones"))).to.equal("step_decay");
    expect(meant("gamma", beside("gae_lambda"))).to.equal("rl.gamma");
    expect(meant("gamma", beside("kernel", "C"))).to.equal("svm.gamma");
    expect(meant("gamma", beside("min_child_weight"))).to.equal("split_gain");
    expect(meant("lambda", beside("clip_range"))).to.equal("rl.gae_lambda");
    expect(meant("lambda", beside("colsample_bytree"))).to.equal("boosting.l2");
    expect(meant("max_depth", beside("num_leaves"))).to.equal("lightgbm.max_depth");
    expect(meant("max_depth", beside("max_features"))).to.equal("forest.max_depth");
  });

  it("is told by the words of the script", () => {
    expect(meant("beta", inScript("DPOTrainer", "transformers"))).to.equal("preference_beta");
    expect(meant("beta", inScript("GRPOConfig", "trl"))).to.equal("grpo.beta");
    expect(meant("beta", inScript("VAE"))).to.equal("loss_weight");
    expect(meant("temperature", inScript("NTXentLoss"))).to.equal("contrastive.temperature");
    expect(meant("tau", inScript("SAC", "stable_baselines3"))).to.equal("rl.tau");
    expect(meant("eta", inScript("xgboost"))).to.equal("boosting.learning_rate");
    expect(meant("n_epochs", inScript("PPO", "stable_baselines3"))).to.equal("ppo.epochs");
    expect(meant("n_epochs", inScript("torch"))).to.equal("budget");
    expect(meant("margin", inScript("TripletMarginLoss"))).to.equal("contrastive.margin");
  });

  it("is told by the path before it", () => {
    expect(meant("bn.momentum")).to.equal("batch_norm_momentum");
    expect(meant("optimizer.momentum")).to.equal("momentum");
    expect(meant("lora.r")).to.equal("lora_r");
    expect(meant("ppo.gamma")).to.equal("rl.gamma");
    expect(meant("scheduler.gamma")).to.equal("step_decay");
    expect(meant("xgb.gamma")).to.equal("split_gain");
  });

  it("is the special case where that is seen beside the general one", () => {
    const tuned = inScript("transformers", "TrainingArguments", "peft", "LoraConfig");
    expect(meant("learning_rate", tuned)).to.equal("fine-tuning.learning_rate");
    const agent = beside("total_timesteps", "env_id", "buffer_size", "train_freq");
    expect(meant("batch_size", agent)).to.equal("off-policy.batch_size");
  });

  it("is not guessed where two meanings are as likely", () => {
    expect(meant("alpha", inScript("xgboost", "Ridge"))).to.equal("unknown");
  });

  it("names a schedule in scikit-learn's MLP", () => {
    expect(meant("learning_rate", inScript("MLPClassifier"))).to.equal("schedule_name");
  });

  it("means something else where its default says so", () => {
    expect(meant("gamma", beside("gae_lambda"), 0.99)).to.equal("rl.gamma");
    expect(meant("gamma", beside("gae_lambda"), 5)).to.equal("unknown");
    expect(meant("eps", inScript("Adam"), 1e-8)).to.equal("epsilon");
    expect(meant("eps", inScript("Adam"), 0.03)).to.equal("unknown");
    expect(meant("warmup_ratio", undefined, 500)).to.equal("unknown");
  });
});

describe("the families", () => {
  it("have names of their own, and spellings that can be found", () => {
    const ids = families.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const { spellings = [], shared } of families) {
      for (const spelling of [...spellings, ...(shared?.spellings ?? [])]) {
        expect(foldedName(spelling)).to.equal(spelling);
      }
    }
  });

  it("never claim a spelling twice without a sign", () => {
    const claimed = families.flatMap(({ spellings = [] }) => spellings);
    expect(claimed.filter((name, index) => claimed.indexOf(name) !== index)).to.deep.equal([]);
  });

  it("have a place among the others, or are not for searching", () => {
    for (const { id, role, order } of families) {
      expect(order !== undefined, id).to.equal(role === "search");
    }
  });

  it("are there for each coupling", () => {
    const ids = families.map(({ id }) => id);
    expect(ids).to.include.members(couplings.flatMap(({ between }) => between));
  });

  it("end with a rule that always holds, so that a proposal does not depend on luck", () => {
    for (const { id, proposals } of families) {
      if (proposals.length > 0) expect(proposals.at(-1)?.where, id).to.equal(undefined);
    }
  });
});
