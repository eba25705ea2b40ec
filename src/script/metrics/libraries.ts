/**
 * Libraries that report by themselves. `names`: all that matters of what they report; without, the
 * library composes names that its user never writes down, and anything may be reported.
 */
import type { Pattern } from "./pattern.js";

export interface ReportingLibrary {
  readonly packages: readonly string[];
  readonly names?: readonly Pattern[];
}

const any = (prefix: string): Pattern => [prefix, null];

export const reportingLibraries: readonly ReportingLibrary[] = [
  {
    // The logger's keys (`Logger.record`), with what environments and algorithms add.
    packages: ["stable_baselines3", "sb3_contrib"],
    names: [
      ["rollout/ep_rew_mean"],
      ["rollout/ep_len_mean"],
      ["rollout/success_rate"],
      ["eval/mean_reward"],
      ["eval/mean_ep_length"],
      ["eval/success_rate"],
      ["train/loss"],
      ["global_step"],
      any("rollout/"),
      any("eval/"),
      any("train/"),
      any("time/"),
    ],
  },
  {
    // `metrics/mAP50-95(B)`, `val/box_loss`: the columns of results.csv.
    packages: ["ultralytics"],
    names: [
      ["metrics/mAP50(B)"],
      ["metrics/mAP50-95(B)"],
      ["val/box_loss"],
      any("metrics/"),
      any("train/"),
      any("val/"),
      any("lr/"),
      any("model/"),
    ],
  },
  {
    // `validation_0-logloss`: the name of an evaluation set, then that of its metric.
    packages: ["xgboost", "catboost"],
    names: [
      [null, "-", null],
      ["best_score"],
      ["best_iteration"],
      ["learn"],
      ["test"],
      ["bestTest"],
      ["epoch"],
    ],
  },
  { packages: ["lightgbm"], names: [[null, "_", null], [null, "'s ", null], ["best_iteration"]] },
  {
    packages: [
      "fastai",
      "spacy",
      "simpletransformers",
      "sentence_transformers",
      "setfit",
      "mmengine",
      "mmcv",
      "mmdet",
      "mmseg",
      "detectron2",
      "ray.rllib",
      "torch_geometric.graphgym",
      "composer",
      "ignite.contrib.handlers",
      "ignite.handlers",
      "catalyst",
      "paddle",
      "paddleseg",
      "paddledet",
      "nemo",
      "flair",
      "pytorch_metric_learning",
      "pytorch_forecasting",
      "neuralforecast",
      "darts",
      "gluonts",
      "tianshou",
      "skrl",
      "rsl_rl",
      "rl_games",
      "sheeprl",
      "d3rlpy",
      "pfrl",
      "trlx",
      "axolotl",
      "llamafactory",
      "llmtuner",
      "torchtune",
      "unsloth",
      "openrlhf",
      "verl",
      "skorch",
      "pycaret",
      "autogluon",
      "keras_tuner",
      "monai.handlers",
      "medcat",
      "yolov5",
      "super_gradients",
      "anomalib",
      "pl_bolts",
      "fairseq",
      "allennlp",
      "parlai",
      "acme",
      "dopamine",
      "imitation",
      "stable_baselines",
      "nanodet",
      "litgpt",
      "mlagents",
      "kedro_mlflow",
    ],
  },
];
