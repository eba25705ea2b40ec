/** What can be wrong with a line to `ask-tell`, and how it is said. */

export type AskTellProblem =
  | { readonly code: "no-json"; readonly hasNaN: boolean }
  /** `kinds`: those that the line has, none or more than one. */
  | { readonly code: "no-request"; readonly kinds: readonly string[] }
  | {
      readonly code: "unknown-key";
      readonly kind: string;
      readonly key: string;
      readonly known: readonly string[];
    }
  | { readonly code: "wrong-ask"; readonly most: number }
  | { readonly code: "no-number"; readonly kind: "tell" | "report" }
  | { readonly code: "unknown-trial"; readonly number: number; readonly asked: number }
  | { readonly code: "told-before"; readonly number: number }
  | { readonly code: "report-after-end"; readonly number: number }
  | { readonly code: "no-outcome" }
  | { readonly code: "wrong-state"; readonly states: readonly string[] }
  | { readonly code: "value-and-values" }
  | { readonly code: "wrong-value"; readonly key: "value" | "values" }
  | { readonly code: "wrong-count"; readonly given: number; readonly names: readonly string[] }
  | { readonly code: "wrong-step" }
  | { readonly code: "wrong-report" }
  | { readonly code: "wrong-metric" }
  | { readonly code: "defect"; readonly reason: string };

/** A sentence or two: what is, then what to do. */
export function askTellMessage(problem: AskTellProblem): string {
  switch (problem.code) {
    case "no-json":
      return problem.hasNaN
        ? 'JSON has no NaN and no infinities. Tell such a trial as {"tell": n, "state": "failed"}, and report such a value as null.'
        : 'The line is no JSON object. Write one a line, such as {"ask": 1}.';
    case "no-request":
      return problem.kinds.length === 0
        ? 'The line asks nothing. It needs "ask", "tell" or "report".'
        : `The line has ${quoted(problem.kinds, "and")}. Write a line for each.`;
    case "unknown-key":
      return `"${problem.key}" means nothing beside "${problem.kind}". Known are ${quoted(problem.known, "and")}.`;
    case "wrong-ask":
      return `"ask" takes how many trials are wanted: a whole number from 1 to ${problem.most}.`;
    case "no-number":
      return `"${problem.kind}" takes the number of a trial, as the answer to "ask" gave it.`;
    case "unknown-trial":
      return problem.asked === 0
        ? `There is no trial ${problem.number}: none was asked for yet. Ask first.`
        : `There is no trial ${problem.number}. Those asked for have the numbers 0 to ${problem.asked - 1}.`;
    case "told-before":
      return `Trial ${problem.number} has been told before, and that stands. Ask for a new trial to try again.`;
    case "report-after-end":
      return `Trial ${problem.number} has ended, and takes no more reports. Report before you tell how it ended.`;
    case "no-outcome":
      return 'How the trial ended is missing. Add "value", "values" for several objectives, or "state": "failed".';
    case "wrong-state":
      return `"state" takes ${quoted(problem.states, "or")}.`;
    case "value-and-values":
      return 'The line has "value" and "values". Keep "value" for one objective, "values" for several.';
    case "wrong-value":
      return problem.key === "value"
        ? '"value" takes a number. Where there is none, tell "state": "failed".'
        : '"values" takes a list of numbers. Where there are none, tell "state": "failed".';
    case "wrong-count":
      return countMessage(problem.given, problem.names);
    case "wrong-step":
      return '"step" takes a number: how far the trial is, such as its epoch.';
    case "wrong-report":
      return '"value" takes a number in a report, or null for what is no number.';
    case "wrong-metric":
      return '"metric" takes the name of a metric. Leave it out for the one that decides.';
    case "defect":
      return `Sweepdeck has failed at this line, which is a defect of it: ${problem.reason}. Say so, with the sweep file, and go on without it.`;
    default:
      return problem satisfies never;
  }
}

function countMessage(given: number, names: readonly string[]): string {
  return names.length > 1
    ? `The sweep has ${names.length} objectives, and ${given} values were told. Tell "values" in this order: ${names.join(", ")}.`
    : `The sweep has one objective, and ${given} values were told. Tell one, as "value".`;
}

function quoted(words: readonly string[], last: "and" | "or"): string {
  const each = words.map((word) => `"${word}"`);
  return each.length < 2 ? each.join("") : `${each.slice(0, -1).join(", ")} ${last} ${each.at(-1)}`;
}
