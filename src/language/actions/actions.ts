/**
 * What can be done with a sweep where the cursor stands, beside curing problems: on a parameter what
 * changes it, on `method`, `parameters` and `sweepdeck` what changes the whole.
 */
import { type ParsedSweep, parseSweep } from "../../sweep/parse.js";
import type { MapEntry, TextRange } from "../../sweep/tree.js";
import { applyEdits } from "../edit.js";
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
  const actions = (top === undefined ? [] : actionsAt(top, occasion)).filter(
    (action) => action !== undefined,
  );
  return speaksOfParameters(parsed) ? actions.filter((each) => keepsWhole(parsed, each)) : actions;
}

function speaksOfParameters({ sweep }: ParsedSweep): boolean {
  if (sweep === undefined) return false;
  const { conditions, constraints, zip, initial } = sweep.deck;
  return [conditions, constraints, zip, initial].some((each) => each.length > 0);
}

/** What lists side by side, conditions and constraints say of a parameter may not stand its change. */
function keepsWhole({ document, sweep }: ParsedSweep, { edits }: Action): boolean {
  const after = parseSweep(applyEdits(document.text, edits));
  return sweep === undefined || after.sweep !== undefined;
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
