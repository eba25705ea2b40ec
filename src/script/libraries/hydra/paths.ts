/** Folders that a script names by way of its own file: `Path(__file__).parent / "conf"`. */
import { evaluate } from "../../evaluate.js";
import { folderOf, joinPath } from "../../finder.js";
import type { Modules } from "../../modules.js";
import type { Scope } from "../../python/scope.js";
import type { Call, Expression } from "../../python/syntax.js";
import { positionalOf } from "../../python/walk.js";
import { outsideName } from "../../resolve.js";
import { written } from "../../written.js";

// Longer than any chain of folders that is written down.
const deepest = 20;

/** The path, from where the reader of files begins; undefined where only a run would tell. */
export function pathOf(
  modules: Modules,
  scope: Scope,
  expression: Expression,
  depth = 0,
): string | undefined {
  const behind = written(modules, scope, expression);
  const { value } = behind;
  if (depth > deepest) return undefined;
  const read = (part: Expression) => pathOf(modules, behind.scope, part, depth + 1);
  if (value.kind === "name" && value.name === "__file__") return behind.scope.module.path;
  if (value.kind === "binary" && value.operator === "/") {
    return joined([read(value.left), read(value.right)]);
  }
  if (value.kind === "attribute") {
    if (value.name === "parent") return above(read(value.object));
    return undefined;
  }
  if (value.kind === "subscript" && value.object.kind === "attribute") {
    const steps = evaluate(modules, behind.scope, value.index);
    if (value.object.name !== "parents" || typeof steps !== "number") return undefined;
    let path = above(read(value.object.object));
    for (let step = 0; step < Math.min(steps, deepest); step += 1) path = above(path);
    return path;
  }
  if (value.kind === "call") return calledPath(modules, behind.scope, value, read);
  const text = evaluate(modules, behind.scope, value);
  return typeof text === "string" ? text : undefined;
}

function calledPath(
  modules: Modules,
  scope: Scope,
  call: Call,
  read: (part: Expression) => string | undefined,
): string | undefined {
  const positional = positionalOf(call);
  const [first] = positional;
  const name = outsideName(modules, scope, call.callee);
  if (name === undefined) {
    if (call.callee.kind !== "attribute") return undefined;
    const { object, name: method } = call.callee;
    if (/^(?:resolve|absolute|as_posix|expanduser)$/.test(method)) return read(object);
    return method === "joinpath" ? joined([read(object), ...positional.map(read)]) : undefined;
  }
  if (first === undefined) return undefined;
  switch (name) {
    case "str":
    case "pathlib.Path":
    case "pathlib.PurePath":
    case "os.fspath":
    case "os.path.abspath":
    case "os.path.realpath":
    case "os.path.normpath":
      return joined(positional.map(read));
    case "os.path.dirname":
      return above(read(first));
    case "os.path.join":
      return joined(positional.map(read));
    default:
      return undefined;
  }
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  let path = "";
  for (const part of parts) {
    if (part === undefined) return undefined;
    path = path === "" || part.startsWith("/") ? part : joinPath(path, part);
  }
  return path;
}

function above(path: string | undefined): string | undefined {
  return path === undefined ? undefined : folderOf(path);
}
