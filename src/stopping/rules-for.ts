/** Which stopping rules a sweep asks for. */
import type { StoppingChoice } from "../sweep/deck-types.js";
import { objectivesOf, type Sweep } from "../sweep/sweep.js";
import { ashaRule, hyperbandRule } from "./asha.js";
import type { Measure } from "./curves.js";
import { earlyTerminate } from "./early-terminate.js";
import {
  divergenceRule,
  patienceRule,
  plateauRule,
  targetRule,
  thresholdRule,
} from "./own-values.js";
import { percentileRule } from "./percentile.js";
import type { StoppingRule } from "./rule.js";
import { wilcoxonRule } from "./wilcoxon.js";

/**
 * W&B's `early_terminate`, then those under `sweepdeck.stopping`, in their order: the first that
 * stops a trial decides. A rule without a metric to look at is left out.
 */
export function stoppingRulesFor(sweep: Sweep): readonly StoppingRule[] {
  const { earlyTerminate: given, deck } = sweep;
  const [deciding] = objectivesOf(sweep);
  const first =
    given === undefined || deciding === undefined ? [] : [earlyTerminate(given, deciding)];
  const more = deck.stopping.flatMap((choice) => {
    const measure = measureOf(choice, sweep);
    return measure === undefined ? [] : [ruleOf(choice, measure)];
  });
  return [...first, ...more];
}

function measureOf(choice: StoppingChoice, { metric, deck }: Sweep): Measure | undefined {
  const known = metric === undefined ? deck.objectives : [...deck.objectives, metric];
  const asked = choice.metric ?? known[0]?.name;
  if (asked === undefined) return undefined;
  const said = "goal" in choice ? choice.goal : undefined;
  const goal = said ?? known.find(({ name }) => name === asked)?.goal ?? "minimize";
  return { name: asked, goal };
}

function ruleOf(choice: StoppingChoice, measure: Measure): StoppingRule {
  switch (choice.type) {
    case "threshold":
      return thresholdRule(choice, measure);
    case "target":
      return targetRule(choice, measure);
    case "patience":
      return patienceRule(choice, measure);
    case "plateau":
      return plateauRule(choice, measure);
    case "divergence":
      return divergenceRule(choice, measure);
    case "asha":
      return ashaRule(choice, measure);
    case "hyperband":
      return hyperbandRule(choice, measure);
    case "median":
    case "percentile":
      return percentileRule(choice, measure);
    case "wilcoxon":
      return wilcoxonRule(choice, measure);
    default:
      return choice satisfies never;
  }
}
