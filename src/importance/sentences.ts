/** Findings in words: what is, then what to do. */
import type { Finding } from "./findings.js";

export function findingSentence(finding: Finding, metric: string): string {
  switch (finding.kind) {
    case "edge":
      return edgeSentence(finding);
    case "no-effect": {
      const [one = ""] = finding.parameters;
      const names = finding.parameters.join(" and ");
      const verb = finding.parameters.length > 1 ? "have" : "has";
      const what = finding.parameters.length > 1 ? "them" : one;
      return `${names} ${verb} no measurable effect on ${metric} in ${finding.trials} trials: a shuffled parameter would look as important. Fix ${what}, and the rest is searched better.`;
    }
    case "too-few": {
      const { trials, needed } = finding;
      const wish =
        finding.of === "edge"
          ? "Whether the best lie at the edge of a range"
          : "Whether a parameter has no effect";
      return `${wish} can be said from ${needed} completed trials on; there are ${trials}.`;
    }
    default:
      return finding satisfies never;
  }
}

function edgeSentence(finding: Extract<Finding, { kind: "edge" }>): string {
  const { parameter, end, near, best, bound, from, proposed } = finding;
  const [side, way] = end === "lower" ? ["below", "down"] : ["above", "up"];
  const where = from === bound ? `at ${text(bound)}` : `${side} ${text(from)}`;
  const what = `${near} of the ${best} best trials have ${parameter} ${where}, at the ${end} end of its range`;
  const range = from === bound ? what : `${what} (${text(bound)})`;
  return proposed === undefined
    ? `${range}, and that end is a natural one.`
    : `${range}: the best may lie beyond. Try ${way} to ${text(proposed)}.`;
}

function text(value: number): string {
  return String(Number(value.toPrecision(3)));
}
