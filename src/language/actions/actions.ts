/**
 * What can be done with a sweep where the cursor stands, beside curing problems: on a parameter what
 * changes it, on `method`, `parameters` and `sweepdeck` what changes the whole.
 */
import { type ParsedSweep, parseSweep } from "../../sweep/parse.js";
import type { MapEntry, TextRange } from "../../sweep/tree.js";
import { applyEdits } from "../edit.js";
import { keepingComments } from "../fixes/comments.js";
import { parameterEntries } from "../parameter-entries.js";
import type { Surroundings } from "../surroundings.js";
import type { Action, Occasion } from "./action.js";
import { defaultsFirst } from "./deck-block.js";
import { methodActions } from "./method-actions.js";
import { parameterActions } from "./parameter-actions.js";
import { keepBest, narrow } from "./past-actions.js";
import { makePortable } from "./portable.js";

export type { Action } from "./action.js";

/** In the order in which they are to be offered; never throws. */
export function actionsFor(
  parsed: ParsedSweep,
  range: TextRange,
  around: Surroundings,
): readonly Action[] {
  const { root } = parsed.document;
  if (root?.kind !== "map") return [];
  const occasion: Occasion = { parsed, range, around };
  const top = root.entries.find((entry) => touches(entry, range));
  const actions = top === undefined ? [] : actionsAt(top, occasion);
  return actions
    .filter((action) => action !== undefined)
    .map((action) => harmlessAction(parsed, action))
    .filter((action) => action !== undefined);
}

/**
 * The action with all comments kept, except where it says what it leaves behind. Undefined where it
 * makes errors: what lists side by side, conditions and constraints, and what else is merged from a
 * parameter, may not stand its change.
 */
function harmlessAction({ document, problems }: ParsedSweep, action: Action): Action | undefined {
  const { text } = document;
  const edits = action.lost.length > 0 ? action.edits : keepingComments(text, action.edits);
  if (edits === undefined) return undefined;
  const after = parseSweep(applyEdits(text, edits));
  return errorsAmong(after.problems) <= errorsAmong(problems) ? { ...action, edits } : undefined;
}

function errorsAmong(problems: ParsedSweep["problems"]): number {
  return problems.filter(({ severity }) => severity === "error").length;
}

function actionsAt(top: MapEntry, occasion: Occasion): readonly (Action | undefined)[] {
  switch (top.key) {
    case "method":
      return methodActions(occasion);
    case "program":
      return [defaultsFirst(occasion)];
    case "sweepdeck":
      return isAtKey(top, occasion.range)
        ? [makePortable(occasion.parsed), defaultsFirst(occasion)]
        : [defaultsFirst(occasion)];
    case "parameters":
      return isAtKey(top, occasion.range) ? onAll(occasion) : onOne(occasion);
    default:
      return [];
  }
}

function onAll(occasion: Occasion): readonly (Action | undefined)[] {
  return [narrow(occasion), keepBest(occasion), defaultsFirst(occasion)];
}

function onOne(occasion: Occasion): readonly (Action | undefined)[] {
  const { parsed, range } = occasion;
  const parameter = parameterEntries(parsed.document.root).find(({ entry }) =>
    touches(entry, range),
  );
  if (parameter === undefined) return [];
  return [...parameterActions(parameter, occasion), narrow(occasion, parameter)];
}

function touches({ keyRange, value }: MapEntry, range: TextRange): boolean {
  return keyRange.start <= range.end && range.start <= Math.max(keyRange.end, value.range.end);
}

function isAtKey({ keyRange }: MapEntry, { start }: TextRange): boolean {
  return keyRange.start <= start && start <= keyRange.end;
}
