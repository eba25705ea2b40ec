/** What W&B's own engine (`sweeps` on PyPI) makes of sweep files. */
import { askPython } from "./ask-python.js";

export interface WandbVerdict {
  /** What the schema and its Python rules report, or why they raised. */
  readonly violations: readonly string[];
  /** Why the first run cannot be made, where the schema found nothing. */
  readonly failure: string | null;
  /** The first configurations of a grid, nested, null where it ends; absent for other methods. */
  readonly grid?: readonly (Record<string, unknown> | null)[];
}

const program = `
import yaml
from sweeps import next_runs, schema_violations_from_proposed_config
from sweeps.params import HyperParameterSet
def verdict(text):
    try: config = yaml.safe_load(text)
    except Exception as e: return {"violations": ["yaml: " + str(e)[:200]], "failure": None}
    try: violations = schema_violations_from_proposed_config(config)
    except Exception as e: violations = ["raised " + type(e).__name__ + ": " + str(e)[:200]]
    result = {"violations": violations, "failure": None}
    if violations: return result
    try:
        parameters = HyperParameterSet.from_config(config["parameters"])
        method = config["method"]
        if method == "grid":
            runs = next_runs(config, [], n=question["points"])
            result["grid"] = [r and {k: v["value"] for k, v in r.config.items()} for r in runs]
            json.dumps(result)
        elif method == "random": next_runs(config, [], n=1)
        elif method == "bayes":
            if "metric" not in config: raise ValueError("bayes without metric")
            if not parameters.searchable_params: raise ValueError("nothing to search")
    except Exception as e:
        result.pop("grid", None)
        result["failure"] = type(e).__name__ + ": " + str(e)[:200]
    return result
answer = [verdict(text) for text in question["texts"]]
`;

export function wandbVerdicts(texts: readonly string[], points = 1): readonly WandbVerdict[] {
  return askPython(program, { texts, points }) as readonly WandbVerdict[];
}

const quantiles = `
import math
from sweeps.params import HyperParameter
def plain(v):
    v = v.item() if hasattr(v, "item") else v
    return repr(v) if isinstance(v, float) else v
def row(config, probabilities):
    p = HyperParameter("x", config)
    return [plain(p.ppf(u)) for u in probabilities]
answer = [row(c["config"], c["probabilities"]) for c in question]
`;

/** `HyperParameter.ppf`; floats come as Python writes them. */
export function wandbQuantiles(
  cases: readonly { config: object; probabilities: readonly number[] }[],
): readonly (readonly unknown[])[] {
  return askPython(quantiles, cases) as readonly (readonly unknown[])[];
}
