/**
 * Metrics in what a script prints, as our reader of output takes them: a name, `=` or `:`, a number.
 * What a run puts in is a hole here, and a hole behind a name is taken for its number.
 */
import { isAnything, joined, type Pattern } from "./pattern.js";

const qualifier =
  "train(?:ing)?|val(?:id(?:ation)?)?|eval(?:uation)?|test|dev|avg|average|mean|best|final|total|running|epoch|batch";
const noun =
  "loss|acc(?:uracy)?|err(?:or)?|rmse|mse|mae|mape|nll|auc|auroc|f1|precision|recall|iou|dice|map|bleu|rouge|ppl|perplexity|bpc|wer|cer|reward|return|score|r2|top1|top5";

/** Stands for a hole; a character that no script prints. */
const hole = "\uE000";

const assignment = new RegExp(
  String.raw`(?<![\w./@$-])((?:(?:${qualifier})\s+)*)` +
    String.raw`(?:([A-Za-z_${hole}][\w./@${hole}-]*)\s*[=:]\s*|(${noun})\s+)` +
    `${hole}`,
  "gi",
);

const steps = new Set(["epoch", "step", "global_step", "_step", "iter", "iteration", "round"]);

/** The names that a printed line gives numbers to. */
export function printedNames(line: Pattern): readonly Pattern[] {
  const text = line.map((piece) => piece ?? hole).join("");
  return [...text.matchAll(assignment)].flatMap(([, qualifiers = "", assigned, bare = ""]) => {
    const name = `${qualifiers}${assigned ?? bare}`.trim();
    const whole = qualifiers === "" ? name : name.toLowerCase().replaceAll(/\s+/g, "_");
    const pattern = patternOf(whole);
    return isAnything(pattern) || steps.has(whole.toLowerCase()) ? [] : [pattern];
  });
}

function patternOf(text: string): Pattern {
  return joined(
    text.split(new RegExp(`(${hole})`)).map((piece) => [piece === hole ? null : piece]),
  );
}

/** A template of `%`, with each of its fields a hole. */
export function percentTemplate(template: string): Pattern {
  return joined(
    template
      .split(/(%(?:\([^)]*\))?[-+ #0]*[\d.]*[a-zA-Z])/)
      .map((piece, at) => [at % 2 === 0 ? piece : null]),
  );
}
