/** Where the established practice was read. What is said elsewhere names its sources by these keys. */

export interface Source {
  /** In words, with the version that was read. */
  readonly title: string;
  readonly url?: string;
}

/** How far a statement can be relied on. */
export type Standing =
  /** Read in the source or its documentation, or printed by the installed package. */
  | "read"
  /** Cited without having been read again. */
  | "from memory"
  /** No source fixes it: a sensible choice of ours. */
  | "judgement"
  /** Measured by us on published surrogate benchmarks, not on training runs. */
  | "measured on surrogates";

const github = (path: string): string => `https://github.com/${path}`;

export const sources = {
  playbook: {
    title: "Deep Learning Tuning Playbook, commit 7554a51",
    url: github("google-research/tuning_playbook"),
  },
  algoPerf: {
    title: "AlgoPerf benchmark, tuning search spaces, commit 2c90454",
    url: github("mlcommons/algorithmic-efficiency"),
  },
  bengio: {
    title:
      "Bengio 2012, Practical recommendations for gradient-based training, as quoted by others",
  },
  goyal: { title: "Goyal et al. 2017, Accurate, large minibatch SGD" },
  smith: { title: "Smith 2018, A disciplined approach to neural network hyper-parameters" },
  convolutional: {
    title: "Hyperparameter importance of CNNs, arXiv 2410.08920 (abstract)",
    url: "https://arxiv.org/abs/2410.08920",
  },
  surrogates: {
    title: "Our measurement, total effects on the YAHPO surrogates of LCBench and rbv2_xgboost",
    url: github("slds-lmu/yahpo_data"),
  },
  lcBench: {
    title: "LCBench search space, in yahpo_data efdab90",
    url: github("slds-lmu/yahpo_data"),
  },
  torch: { title: "PyTorch, 2.14.1", url: github("pytorch/pytorch") },
  keras: { title: "Keras, 3.15.1", url: github("keras-team/keras") },
  optax: { title: "Optax, 0.2.8", url: github("google-deepmind/optax") },
  lightning: { title: "Lightning, 2.6.6", url: github("Lightning-AI/pytorch-lightning") },
  lion: { title: "lion-pytorch, README", url: github("lucidrains/lion-pytorch") },
  timm: {
    title: "timm, train.py, commit aa4b585",
    url: github("huggingface/pytorch-image-models"),
  },
  deit: { title: "DeiT recipe, commit 7e160fe", url: github("facebookresearch/deit") },
  mae: { title: "Masked autoencoders, fine-tuning recipe", url: github("facebookresearch/mae") },
  nanoGpt: { title: "nanoGPT, commit 3adf61e", url: github("karpathy/nanoGPT") },
  fastai: { title: "fastai, 2.8.12", url: github("fastai/fastai") },
  detectron: { title: "Detectron2, commit 02b5c4e", url: github("facebookresearch/detectron2") },
  openClip: { title: "OpenCLIP, 3.3.0", url: github("mlfoundations/open_clip") },
  ultralytics: {
    title: "Ultralytics, 8.4.190, settings and tuner space",
    url: github("ultralytics/ultralytics"),
  },
  transformers: { title: "Transformers, 5.23.0", url: github("huggingface/transformers") },
  peft: { title: "PEFT, 0.21.2 and its method comparison", url: github("huggingface/peft") },
  trl: {
    title: "TRL, 1.16.0 and its documentation, commit f2cd577",
    url: github("huggingface/trl"),
  },
  bert: { title: "BERT, README", url: github("google-research/bert") },
  lora: { title: "LoRA, commit c4593f0", url: github("microsoft/LoRA") },
  loraPaper: { title: "Hu et al. 2021, LoRA" },
  diffusers: {
    title: "Diffusers, example scripts, commit 58eb52c",
    url: github("huggingface/diffusers"),
  },
  lightly: { title: "Lightly, 1.6.0", url: github("lightly-ai/lightly") },
  metricLearning: {
    title: "pytorch-metric-learning, 2.9.0",
    url: github("KevinMusgrave/pytorch-metric-learning"),
  },
  simClr: { title: "SimCLR, commit 383d414", url: github("google-research/simclr") },
  sentenceTransformers: {
    title: "Sentence Transformers, 6.2.0",
    url: github("UKPLab/sentence-transformers"),
  },
  xgboost: { title: "XGBoost, 3.2.0 and its documentation", url: github("dmlc/xgboost") },
  lightGbm: { title: "LightGBM, 4.7.0 and its documentation", url: github("microsoft/LightGBM") },
  catBoost: { title: "CatBoost, 1.2.10 and its documentation", url: github("catboost/catboost") },
  lightGbmTuner: {
    title: "Optuna's LightGBMTuner, commit 981b8cd",
    url: github("optuna/optuna-integration"),
  },
  optunaExamples: {
    title: "Optuna examples, commit 2e0b10b",
    url: github("optuna/optuna-examples"),
  },
  autoGluon: { title: "AutoGluon, 1.6.3, search spaces", url: github("autogluon/autogluon") },
  flaml: { title: "FLAML, 2.7.0, search spaces", url: github("microsoft/FLAML") },
  tabArena: { title: "pytabkit, 1.7.3, space `tabarena`", url: github("dholzmueller/pytabkit") },
  autoSklearn: {
    title: "auto-sklearn, search spaces, commit 6732112",
    url: github("automl/auto-sklearn"),
  },
  hpoBench: { title: "HPOBench, commit 47bf141", url: github("automl/HPOBench") },
  scikitLearn: { title: "scikit-learn, 1.9.1", url: github("scikit-learn/scikit-learn") },
  vanRijn: { title: "van Rijn & Hutter 2018, Hyperparameter importance across datasets" },
  probst: { title: "Probst et al. 2019, Tunability" },
  stableBaselines: { title: "Stable-Baselines3, 2.9.2", url: github("DLR-RM/stable-baselines3") },
  cleanRl: { title: "CleanRL, commit fe8d8a0", url: github("vwxyzjn/cleanrl") },
  ray: { title: "Ray RLlib, 2.60.0", url: github("ray-project/ray") },
  zoo: { title: "RL Baselines3 Zoo, commit 22e3ff2", url: github("DLR-RM/rl-baselines3-zoo") },
  andrychowicz: { title: "Andrychowicz et al. 2021, What matters in on-policy RL" },
  sweepdeck: { title: "Sweepdeck's own rule" },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceKey = keyof typeof sources;

/** Its title without version and commit, which `docs/established-practice.md` gives. */
export function shortTitle({ title }: Source): string {
  return title.replace(/,.*$/, "");
}

export function sourceOf(key: SourceKey): Source {
  return sources[key];
}
