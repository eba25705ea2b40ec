/**
 * What tells the meanings of one name apart: `alpha` scales LoRA, punishes in scikit-learn and mixes
 * in mixup. Signs are seen in the names beside it, in its own path, and in the words of the script.
 */
import { ownValue } from "../../space/record.js";
import type { Json } from "../../space/value.js";
import { foldedName, segmentsOf } from "./family.js";

/** What is known around a parameter. */
export interface Context {
  /** Names of the other parameters, and of the script's other options. */
  readonly siblings: readonly string[];
  /** What these are set to, or what they default to. */
  readonly settings?: Readonly<Record<string, Json>>;
  /** The script's own words (`ScriptReading.words`). */
  readonly words?: ReadonlySet<string>;
  /** Under `grid`, a range becomes a list of values. */
  readonly method?: string;
  /** What the script accepts for the parameter itself. */
  readonly choices?: readonly Json[];
}

export function settingOf({ settings = {} }: Context, name: string): Json | undefined {
  return ownValue(settings, name);
}

export const nothingAround: Context = { siblings: [] };

interface SignEntry {
  /** Names of parameters, folded. */
  readonly names?: readonly string[];
  /** Segments of the parameter's own path, folded. */
  readonly path?: readonly string[];
  /** Words of the script, as they are written there. */
  readonly words?: readonly string[];
  /** Beginnings of the optimiser's name, where it is set. */
  readonly optimizer?: readonly string[];
  /** These words say the opposite. */
  readonly unlessWords?: readonly string[];
  /** A special case of this one, and more telling. */
  readonly within?: string;
}

const entries = {
  sgd: {
    optimizer: ["sgd", "nesterov", "momentum"],
    words: ["SGD"],
    unlessWords: ["Adam", "AdamW", "adam", "adamw", "Lion", "RMSprop"],
  },
  "adam-l2": {
    optimizer: ["adam"],
    words: ["Adam"],
    unlessWords: ["AdamW", "adamw", "SGD", "sgd"],
  },
  adam: { optimizer: ["adam", "nadam", "radam"], words: ["Adam", "AdamW", "adamw"] },
  lion: { optimizer: ["lion"], words: ["Lion"], unlessWords: ["Adam", "AdamW", "SGD"] },
  "step-schedule": {
    names: ["milestones", "lr_step", "lr_step_size", "step_lr"],
    path: ["scheduler", "lr_scheduler", "sched", "schedule"],
    words: ["StepLR", "MultiStepLR", "ExponentialLR"],
  },
  "batch-norm": { path: ["bn", "batch_norm", "batchnorm", "norm"] },
  transformers: {
    names: [
      "num_train_epochs",
      "per_device_train_batch_size",
      "model_name_or_path",
      "warmup_ratio",
      "lr_scheduler_type",
    ],
    words: ["transformers", "TrainingArguments", "Seq2SeqTrainingArguments"],
  },
  lora: {
    names: ["lora_r", "lora_rank", "lora_alpha", "lora_dropout", "lora_dim", "target_modules"],
    path: ["lora", "peft"],
    words: ["LoraConfig", "peft", "get_peft_model"],
    within: "transformers",
  },
  "supervised-fine-tuning": { words: ["SFTTrainer", "SFTConfig"], within: "transformers" },
  preference: {
    words: [
      "DPOTrainer",
      "DPOConfig",
      "KTOTrainer",
      "KTOConfig",
      "ORPOTrainer",
      "ORPOConfig",
      "GRPOTrainer",
      "GRPOConfig",
      "RLOOTrainer",
      "RLOOConfig",
    ],
    path: ["dpo", "kto", "grpo", "orpo"],
    within: "transformers",
  },
  grpo: { words: ["GRPOTrainer", "GRPOConfig"], path: ["grpo"], within: "preference" },
  xgboost: {
    names: ["colsample_bytree", "colsample_bylevel", "colsample_bynode", "min_child_weight"],
    path: ["xgb", "xgboost"],
    words: ["xgboost", "xgb", "XGBClassifier", "XGBRegressor", "XGBRanker"],
  },
  lightgbm: {
    names: ["num_leaves", "min_data_in_leaf", "feature_fraction", "bagging_freq"],
    path: ["lgb", "lgbm", "lightgbm"],
    words: ["lightgbm", "lgb", "LGBMClassifier", "LGBMRegressor", "LGBMRanker"],
  },
  catboost: {
    names: ["l2_leaf_reg", "bagging_temperature", "border_count", "random_strength"],
    path: ["catboost"],
    words: ["catboost", "CatBoostClassifier", "CatBoostRegressor"],
  },
  forest: {
    names: ["min_samples_leaf", "min_samples_split", "max_features"],
    path: ["rf", "forest", "random_forest"],
    words: [
      "RandomForestClassifier",
      "RandomForestRegressor",
      "ExtraTreesClassifier",
      "ExtraTreesRegressor",
    ],
  },
  "histogram-boosting": {
    names: ["max_leaf_nodes"],
    words: ["HistGradientBoostingClassifier", "HistGradientBoostingRegressor"],
  },
  adaboost: { path: ["adaboost"], words: ["AdaBoostClassifier", "AdaBoostRegressor"] },
  "support-vectors": { names: ["kernel"], path: ["svm", "svc"], words: ["SVC", "SVR", "NuSVC"] },
  "linear-model": {
    names: ["l1_ratio", "penalty"],
    words: ["LogisticRegression", "LinearSVC", "Ridge", "Lasso", "ElasticNet", "RidgeClassifier"],
  },
  "sklearn-mlp": {
    names: ["learning_rate_init", "hidden_layer_sizes"],
    words: ["MLPClassifier", "MLPRegressor"],
  },
  "sklearn-sgd": { names: ["eta0"], words: ["SGDClassifier", "SGDRegressor"] },
  "naive-bayes": { words: ["MultinomialNB", "BernoulliNB", "ComplementNB"] },
  neighbours: {
    names: ["n_neighbors"],
    words: ["KNeighborsClassifier", "KNeighborsRegressor"],
  },
  reinforcement: {
    names: [
      "gae_lambda",
      "clip_range",
      "clip_coef",
      "ent_coef",
      "vf_coef",
      "total_timesteps",
      "n_timesteps",
      "env_id",
      "buffer_size",
      "target_update_interval",
      "exploration_fraction",
      "learning_starts",
      "num_envs",
      "n_envs",
    ],
    path: ["ppo", "sac", "td3", "dqn", "a2c", "rl"],
    words: ["stable_baselines3", "gymnasium", "gym", "rllib", "rl_zoo3", "tianshou", "sb3_contrib"],
  },
  ppo: {
    names: ["gae_lambda", "clip_range", "clip_coef", "n_steps", "minibatch_size"],
    path: ["ppo"],
    words: ["PPO", "RecurrentPPO", "MaskablePPO"],
    within: "reinforcement",
  },
  "off-policy": {
    names: ["buffer_size", "learning_starts", "train_freq", "replay_size", "policy_delay"],
    path: ["sac", "td3", "dqn", "ddpg"],
    words: ["SAC", "TD3", "DDPG", "DQN", "ReplayBuffer"],
    within: "reinforcement",
  },
  dqn: {
    names: ["exploration_fraction", "target_update_interval"],
    path: ["dqn"],
    words: ["DQN", "QRDQN"],
    within: "off-policy",
  },
  mixup: { names: ["mixup_prob", "mixup_alpha"], path: ["mixup"], words: ["mixup", "Mixup"] },
  contrastive: {
    names: ["projection_dim", "queue_size"],
    path: ["simclr", "moco", "contrastive", "infonce", "supcon"],
    words: ["NTXentLoss", "SupConLoss", "InfoNCE", "info_nce", "simclr", "SimCLR", "MoCo"],
  },
  "metric-learning": {
    words: ["TripletMarginLoss", "TripletLoss", "ContrastiveLoss", "MarginLoss"],
    within: "contrastive",
  },
  diffusion: {
    names: ["snr_gamma", "beta_start", "beta_end", "noise_schedule"],
    path: ["diffusion"],
    words: ["diffusers", "DDPMScheduler", "GaussianDiffusion"],
  },
  autoencoder: {
    names: ["kl_weight", "kl_annealing"],
    path: ["vae"],
    words: ["VAE", "BetaVAE", "kl_divergence", "reparameterize", "KLD"],
  },
  yolo: {
    names: ["lr0", "lrf", "mosaic", "hsv_h", "hsv_s", "hsv_v", "copy_paste"],
    words: ["ultralytics", "YOLO"],
  },
} as const satisfies Readonly<Record<string, SignEntry>>;

export type Sign = keyof typeof entries;

const table: Readonly<Record<Sign, SignEntry>> = entries;

const optimizerNames = new Set(["optimizer", "optim", "opt", "optimizer_name", "optimizer_type"]);

/**
 * How much is seen of a sign; 0 means nothing. Names that a person chose say more than a word.
 * `above`: the segments of the parameter's name but the last.
 */
export function weightOf(sign: Sign, above: readonly string[], context: Context): number {
  const own = table[sign].path?.filter((each) => above.includes(each)).length ?? 0;
  return 3 * own + weightAround(sign, context);
}

const weightsOf = new WeakMap<Context, Map<Sign, number>>();

/** The part that is the same for every name. A context is asked for each sign of each name. */
function weightAround(sign: Sign, context: Context): number {
  const known = weightsOf.get(context) ?? new Map<Sign, number>();
  weightsOf.set(context, known);
  const weight = known.get(sign) ?? weigh(table[sign], sign, context);
  known.set(sign, weight);
  return weight;
}

function weigh(entry: SignEntry, sign: Sign, context: Context): number {
  const chosen = optimizerIn(context);
  if (chosen !== undefined && entry.optimizer !== undefined) {
    return entry.optimizer.some((each) => isOptimizer(sign, chosen, each)) ? 4 : 0;
  }
  const siblings = foldedSiblings(context);
  const named = entry.names?.filter((each) => siblings.has(each)).length ?? 0;
  return 2 * named + wordsOf(entry, context.words);
}

const foldedOf = new WeakMap<Context, ReadonlySet<string>>();

function foldedSiblings(context: Context): ReadonlySet<string> {
  const known = foldedOf.get(context) ?? new Set(context.siblings.map(foldedName));
  foldedOf.set(context, known);
  return known;
}

function wordsOf({ words, unlessWords }: SignEntry, seen: ReadonlySet<string> | undefined): number {
  if (seen === undefined || words === undefined) return 0;
  if (unlessWords?.some((word) => seen.has(word))) return 0;
  return words.filter((word) => seen.has(word)).length;
}

/** `adamw` is an Adam, and decays weights in another way. */
function isOptimizer(sign: Sign, chosen: string, beginning: string): boolean {
  return chosen.startsWith(beginning) && !(sign === "adam-l2" && chosen.startsWith("adamw"));
}

function optimizerIn({ settings }: Context): string | undefined {
  for (const [name, value] of Object.entries(settings ?? {})) {
    if (optimizerNames.has(foldedName(name)) && typeof value === "string") {
      return value.toLowerCase().replace(/^.*\./, "");
    }
  }
  return undefined;
}

export function isSeen(sign: Sign, name: string, context: Context): boolean {
  return weightOf(sign, segmentsOf(name).slice(0, -1), context) > 0;
}

/** Whether `inner` is a special case of `outer`. */
export function isWithin(inner: Sign, outer: Sign): boolean {
  const { within } = table[inner];
  if (within === undefined) return false;
  return within === outer || isWithin(within as Sign, outer);
}
