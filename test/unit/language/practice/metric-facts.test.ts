import { expect } from "chai";
import { metricFacts, objectivesFirst } from "../../../../src/language/practice/practice.js";

type Goal = "minimize" | "maximize" | undefined;

const goals: readonly (readonly [name: string, goal: Goal])[] = [
  ["val_loss", "minimize"],
  ["valLoss", "minimize"],
  ["eval/loss", "minimize"],
  ["epoch/val_loss", "minimize"],
  ["val_loss_epoch", "minimize"],
  ["test-logloss-mean", "minimize"],
  ["validation_0-rmse", "minimize"],
  ["valid_0_l2_error", "minimize"],
  ["validation-Logloss", "minimize"],
  ["validation_1-mlogloss", "minimize"],
  ["valid_0_l2", "minimize"],
  ["validation_1-aucpr", "maximize"],
  ["val_mse", "minimize"],
  ["RMSE", "minimize"],
  ["eval_wer", "minimize"],
  ["perplexity", "minimize"],
  ["val/ppl", "minimize"],
  ["mean_squared_error", "minimize"],
  ["binary_cross_entropy", "minimize"],
  ["davies_bouldin", "minimize"],
  ["val_ece", "minimize"],
  ["val_accuracy", "maximize"],
  ["val_acc", "maximize"],
  ["valAccuracy", "maximize"],
  ["eval_top1", "maximize"],
  ["acc5", "maximize"],
  ["val_f1", "maximize"],
  ["f1_score", "maximize"],
  ["F1Score", "maximize"],
  ["macro avg/f1-score", "maximize"],
  ["val_c_index", "maximize"],
  ["roc_auc", "maximize"],
  ["AUROC", "maximize"],
  ["recall@10", "maximize"],
  ["ndcg@5", "maximize"],
  ["eval_rouge2", "maximize"],
  ["eval_rougeL", "maximize"],
  ["sacrebleu", "maximize"],
  ["metrics/mAP50-95(B)", "maximize"],
  ["bbox/AP50", "maximize"],
  ["mIoU", "maximize"],
  ["nDCG@10", "maximize"],
  ["MSELoss", "minimize"],
  ["hits@10", "maximize"],
  ["eval_sts_spearman_cosine", "maximize"],
  ["rollout/ep_rew_mean", "maximize"],
  ["eval/mean_reward", "maximize"],
  ["charts/episodic_return", "maximize"],
  ["psnr", "maximize"],
  ["exact_match", "maximize"],
  ["explained_variance", "maximize"],
  ["success_rate", "maximize"],
  ["score", "maximize"],
];

const traps: readonly (readonly [name: string, goal: Goal])[] = [
  ["fid_score", "minimize"],
  ["error_rate", "minimize"],
  ["reward_loss", "minimize"],
  ["dice_loss", "minimize"],
  ["top5_error", "minimize"],
  ["explained_deviance", "maximize"],
  ["negative_reward", "minimize"],
  ["perplexity_score", "minimize"],
  ["accuracy_drop", "minimize"],
  ["generalization_gap", "minimize"],
  ["inception_score", "maximize"],
  ["loss_improvement", "maximize"],
  ["neg_mean_squared_error", "maximize"],
  ["neg_log_loss", "maximize"],
  ["negative_log_likelihood", "minimize"],
  ["log_likelihood", "maximize"],
  ["one_minus_accuracy", "minimize"],
  ["accuracy_std", undefined],
  ["loss_weight", undefined],
  ["best_epoch", undefined],
  ["approx_kl", undefined],
  ["clip_fraction", undefined],
  ["learning_rate", undefined],
  ["train_time", undefined],
  ["accuracy_difference", undefined],
  ["discriminator_train_loss", undefined],
  ["adv_acc", undefined],
  ["foo", undefined],
];

describe("the name of a metric", () => {
  for (const [name, goal] of goals) {
    it(`${name}: ${String(goal)}`, () => {
      expect(metricFacts(name).goal).to.equal(goal);
    });
  }

  for (const [name, goal] of traps) {
    it(`is not taken in by ${name}: ${String(goal)}`, () => {
      expect(metricFacts(name).goal).to.equal(goal);
    });
  }

  for (const name of [
    "score",
    "map",
    "hamming_score",
    "ep_return",
    "train/cost",
    "accuracy_drop",
    "r2",
  ]) {
    it(`does not make the goal of ${name} certain`, () => {
      expect(metricFacts(name).isGoalClear).to.equal(false);
    });
  }

  const splits: readonly (readonly [string, string])[] = [
    ["val_loss", "validation"],
    ["validation/loss", "validation"],
    ["eval/accuracy", "validation"],
    ["dev_f1", "validation"],
    ["cv_score", "validation"],
    ["best_val_acc", "validation"],
    ["train/val_loss", "validation"],
    ["valid_0_l2", "validation"],
    ["test-logloss-mean", "validation"],
    ["train_loss", "train"],
    ["training/accuracy", "train"],
    ["loss", "train"],
    ["total_loss", "train"],
    ["rollout/ep_rew_mean", "train"],
    ["test_acc", "test"],
    ["eval/test_acc", "test"],
    ["accuracy", "unknown"],
    ["validation_0-logloss", "unknown"],
    ["latest_accuracy", "unknown"],
    ["std_dev", "unknown"],
  ];
  for (const [name, split] of splits) {
    it(`says that ${name} is measured on ${split} data`, () => {
      expect(metricFacts(name).split).to.equal(split);
    });
  }

  it("does not say of a bare loss that it is named for its data", () => {
    expect(metricFacts("loss").isSplitNamed).to.equal(false);
    expect(metricFacts("train_loss").isSplitNamed).to.equal(true);
  });

  it("puts what a sweep should be judged by first", () => {
    const [first] = objectivesFirst(["train_loss", "test_acc", "epoch", "val_loss", "accuracy"]);
    expect(first).to.equal("val_loss");
  });
});
