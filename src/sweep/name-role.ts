/**
 * What a parameter's name says of its values: a number of things, a fraction or scale, a switch.
 * Names that say nothing certain have no role.
 */
export type NameRole = "count" | "rate" | "switch";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const switchStarts = words(
  "use is has with without enable enabled disable disabled do should add apply no not skip",
);
const countStarts = words("n num number nb nr");
const counts = words(
  "layers units epochs steps heads neurons filters channels blocks estimators depth seed trees " +
    "leaves bins iterations iters workers neighbors neighbours batches folds patience rank degree",
);
/** `batch_size` is whole, `step_size` and `voxel_size` may be anything. */
const sized = words("batch hidden embedding embed kernel vocab window buffer patch image");
const rates = words(
  "lr rate dropout drop prob probability p momentum beta gamma alpha lambda decay wd eps epsilon " +
    "ratio fraction frac threshold temperature smoothing subsample colsample mixup cutmix tau coef " +
    "coefficient rho noise sigma std penalty l1 l2",
);
const ratesAnywhere = words("lr dropout momentum");

/** A number of epochs that its framework takes as a fraction. */
const fractionalCounts = words("num_train_epochs");

export function roleOf(name: string): NameRole | undefined {
  const own = name.slice(name.lastIndexOf(".") + 1);
  if (fractionalCounts.has(own)) return undefined;
  const parts = partsOf(own);
  const [first = "", last = "", beforeLast = ""] = [parts[0], parts.at(-1), parts.at(-2)];
  if (parts.length > 1 && switchStarts.has(first)) return "switch";
  if (parts.length > 1 && countStarts.has(first)) return "count";
  if (rates.has(last)) return "rate";
  if (counts.has(last) || (last === "size" && sized.has(beforeLast))) return "count";
  if (own === "batchsize" || own === "bs") return "count";
  return parts.some((part) => ratesAnywhere.has(part)) ? "rate" : undefined;
}

/** `beta1`, `Adam-beta_1` and `learningRate` in words. */
function partsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[-_.\s]+/)
    .map((part) => (/^l[12]$/.test(part) ? part : part.replace(/\d+$/, "")))
    .filter((part) => part !== "");
}
