/** The words that names of metrics are made of, and what each says. Folded to lower case. */

/** `clear`: means nothing else. `likely`: mostly. `generic`: only where no other word says more. */
export type Weight = "clear" | "likely" | "generic";

export interface Direction {
  readonly goal: "minimize" | "maximize";
  readonly weight: Weight;
}

/** Several words are written with spaces; the longest that fits is taken. */
export const directions: ReadonlyMap<string, Direction> = new Map([
  ...toward(
    "minimize",
    "clear",
    ["loss", "losses", "error", "errors", "err", "nll", "logloss", "log loss", "bce"],
    ["cross entropy", "crossentropy", "mse", "rmse", "mae", "mape", "smape", "msle", "rmsle"],
    ["hinge", "perplexity", "ppl", "bpc", "bpd", "bits per dim", "wer", "cer", "eer", "fid"],
    ["kid", "lpips", "ece", "brier", "hausdorff", "davies bouldin", "crps"],
    ["deviance", "pinball", "regret", "path length", "edit distance", "word error rate"],
    ["character error rate", "equal error rate", "negative log likelihood", "neg log likelihood"],
    ["squared error", "absolute error", "error rate", "merror", "mlogloss"],
  ),
  ...toward(
    "minimize",
    "likely",
    ["kl", "jsd", "divergence", "latency", "cost", "ter", "mer", "distance", "runtime"],
    ["false positive rate", "false negative rate", "fpr", "fnr", "wasserstein", "energy"],
    ["hamming", "l1", "l2"],
  ),
  ...toward(
    "maximize",
    "clear",
    ["accuracy", "acc", "top1", "top5", "precision", "recall", "sensitivity", "specificity"],
    ["f1", "f2", "fbeta", "fscore", "f1score", "dice", "iou", "miou", "jaccard", "auc", "auroc"],
    ["rocauc", "auprc", "aupr", "prauc", "mcc", "kappa", "explained variance", "pearson"],
    ["explained deviance", "aucpr"],
    ["spearman", "bleu", "sacrebleu", "rouge", "chrf", "meteor", "bertscore", "exact match"],
    ["ndcg", "mrr", "hit rate", "inception score", "psnr", "ssim", "sisdr", "pesq", "stoi"],
    ["clip score", "log likelihood", "elbo", "reward", "rewards", "rew", "success rate"],
    ["silhouette", "ari", "nmi", "c index", "concordance index", "average precision", "win rate"],
  ),
  ...toward(
    "maximize",
    "likely",
    ["ap", "map", "r2", "r squared", "return", "returns", "success", "snr", "sdr", "pq"],
    ["fitness", "correlation", "corr", "hits", "tpr", "true positive rate", "throughput"],
    ["log prob", "likelihood", "winrate"],
  ),
  ...toward("maximize", "generic", ["score", "scores"]),
]);

function toward(
  goal: Direction["goal"],
  weight: Weight,
  ...words: readonly (readonly string[])[]
): readonly (readonly [string, Direction])[] {
  return words.flat().map((word) => [word, { goal, weight }] as const);
}

/** Before a word, they turn it round: `neg_mean_squared_error`, `one_minus_accuracy`. */
export const turning: ReadonlySet<string> = new Set(["neg", "negative", "minus", "inverse", "inv"]);

/** Behind a word, they say which way of it is better: `accuracy_drop`, `loss_improvement`. */
export const changes: ReadonlyMap<string, Direction["goal"]> = new Map([
  ["drop", "minimize"],
  ["degradation", "minimize"],
  ["deterioration", "minimize"],
  ["forgetting", "minimize"],
  ["gap", "minimize"],
  ["improvement", "maximize"],
  ["gain", "maximize"],
]);

/**
 * With one of these a name measures something else than its other words say. `epoch` and `step` are
 * not among them: Lightning puts them behind what it measures.
 */
export const silencing: ReadonlySet<string> = new Set([
  ...["std", "stddev", "stdev", "stderr", "var", "variance", "ci", "count"],
  ...["steps", "iteration", "index", "weight", "coef", "coefficient", "threshold", "lr", "scale"],
  ...["delta", "diff", "difference", "change", "ratio", "fraction", "approx", "reduction"],
  ...["increase", "decrease", "time", "seconds", "learning", "rank", "temperature"],
  // What an opponent does badly at is another's success.
  ...["discriminator", "disc", "critic", "adversary", "adversarial", "adv", "attacker", "forget"],
]);

export type Split = "validation" | "train" | "test";

export const splits: ReadonlyMap<string, Split> = new Map([
  ...of("validation", ["val", "valid", "validation", "validate", "eval", "evaluation", "dev"]),
  ...of("validation", ["cv", "heldout", "holdout"]),
  ...of("train", ["train", "training", "trn", "learn"]),
  ...of("test", ["test", "testing", "tst"]),
]);

function of(split: Split, words: readonly string[]): readonly (readonly [string, Split])[] {
  return words.map((word) => [word, split] as const);
}

/** Whole names and beginnings that libraries give to what they measure while training. */
export const trainedOn: readonly { readonly name: RegExp; readonly because: string }[] = [
  { name: /^(total_)?loss$/, because: "without a prefix, most scripts mean the training loss" },
  { name: /^batch[_/]/, because: "it is measured on the batches of training" },
  { name: /^rollout\//, because: "Stable-Baselines3 measures it on the episodes of training" },
  { name: /^charts\//, because: "CleanRL measures it on the episodes of training" },
  { name: /^env_runners\//, because: "RLlib measures it on the episodes of training" },
];
