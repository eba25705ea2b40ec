/** Calls that print, by which a script reports to whoever reads its output. */
import type { ScopedCall } from "../python/module.js";
import type { Expression } from "../python/syntax.js";
import { dottedPath, positionalOf } from "../python/walk.js";
import type { ReportedMetric } from "../reading.js";
import type { Reports } from "./calls.js";
import { calledName, callsNamed, type ScriptIndex } from "./index.js";
import { type Key, keysOf, placeOf } from "./keys.js";
import { isAnything, joined, products } from "./pattern.js";
import { percentTemplate, printedNames } from "./printed.js";
import { textsOf } from "./texts.js";

const printing = [
  "print",
  "rprint",
  "pprint",
  "write",
  "echo",
  "secho",
  "info",
  "debug",
  "warning",
  "print_rank_0",
  "set_description",
  "set_postfix_str",
];

/** Whether a metric is only printed: read from the output here, and seen by no tracker. */
export function isPrinted({ by }: ReportedMetric): boolean {
  const name = by.split(".").at(-1) ?? by;
  return printing.includes(name) || name === "set_postfix";
}

/** What is printed without names that can be told opens nothing: scripts print much that is no metric. */
export function reportsByPrint(index: ScriptIndex): readonly Reports[] {
  return [
    ...callsNamed(index, printing).map((each) => printReports(index, each)),
    ...callsNamed(index, ["set_postfix"]).map((each) => postfixReports(index, each)),
  ];
}

function printReports(index: ScriptIndex, { call, scope }: ScopedCall): Reports {
  const by = dottedPath(call.callee)?.join(".") ?? calledName(call.callee) ?? "print";
  const parts = positionalOf(call);
  const [first] = parts;
  const keys: Key[] = [];
  if (first !== undefined && parts.length === 1) keys.push(...dictionaryKeys(index, first, scope));
  const lines =
    first?.kind === "constant" && typeof first.value === "string" && first.value.includes("%")
      ? [percentTemplate(first.value)]
      : products(
          parts.flatMap((value, at) => [
            ...(at > 0 ? [[[" "]]] : []),
            textsOf(index, { value, scope }),
          ]),
        );
  const place = placeOf({ value: first ?? call, scope });
  for (const line of lines) {
    for (const name of printedNames(line)) keys.push({ name, place });
  }
  return { by, keys, open: [] };
}

/** `print({...})` and `print(json.dumps({...}))`, a line that is a dictionary. */
function dictionaryKeys(
  index: ScriptIndex,
  value: Expression,
  scope: ScopedCall["scope"],
): readonly Key[] {
  const isDumps = value.kind === "call" && calledName(value.callee) === "dumps";
  const dictionary = isDumps ? positionalOf(value)[0] : value;
  if (dictionary === undefined || dictionary.kind === "constant") return [];
  const { keys } = keysOf(index, { value: dictionary, scope });
  return keys.filter(({ name }) => !isAnything(name));
}

/** tqdm: the bar shows `name=value`. */
function postfixReports(index: ScriptIndex, { call, scope }: ScopedCall): Reports {
  const keys = call.arguments.flatMap((argument): readonly Key[] => {
    if (argument.name !== undefined) {
      return [{ name: joined([[argument.name]]), place: scope.module.place(argument) }];
    }
    return keysOf(index, { value: argument.value, scope }).keys;
  });
  return { by: "set_postfix", keys, open: [] };
}
