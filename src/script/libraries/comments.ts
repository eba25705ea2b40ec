/** What a script's comments and docstrings say of a name. */
import type { PythonModule } from "../python/module.js";
import type { Span, Statement } from "../python/syntax.js";

/** The comment behind a statement on its line, or else the lines of comment right above it. */
export function commentOn(module: PythonModule, span: Span): string | undefined {
  const lineEnd = indexOr(module.text, "\n", span.end, module.text.length);
  const behind = /^[ \t]*#+:?\s*(.*)$/.exec(module.text.slice(span.end, lineEnd))?.[1]?.trim();
  if (behind !== undefined && behind !== "") return behind;
  const above: string[] = [];
  let end = module.text.lastIndexOf("\n", span.start - 1);
  while (end > 0 && above.length < 20) {
    const start = module.text.lastIndexOf("\n", end - 1);
    const text = /^\s*#+:?\s*(.*)$/.exec(module.text.slice(start + 1, end))?.[1];
    if (text === undefined) break;
    above.unshift(text.trim());
    end = start;
  }
  return above.length === 0 ? undefined : above.join(" ");
}

/** The text that stands below an assignment as a statement of its own. */
export function docstringBelow(next: Statement | undefined): string | undefined {
  if (next?.kind !== "expression" || next.value.kind !== "constant") return undefined;
  return typeof next.value.value === "string" ? oneLine(next.value.value) : undefined;
}

/** What a docstring says of a parameter: `name: text`, `name (int): text`, `:param name: text`. */
export function docstringOn(docstring: string | undefined, name: string): string | undefined {
  if (docstring === undefined || !/^\w+$/.test(name)) return undefined;
  const lines = docstring.split("\n");
  const opening = new RegExp(
    `^(\\s*)(?::param\\s+(?:\\w+\\s+)?)?\\*{0,2}${name}(?:\\s*\\([^)]*\\))?\\s*:(?!:)\\s*(.*)$`,
  );
  for (const [at, line] of lines.entries()) {
    const found = opening.exec(line);
    if (found === null) continue;
    const indent = found[1]?.length ?? 0;
    const text = [found[2] ?? ""];
    for (const more of lines.slice(at + 1, at + 8)) {
      if (more.trim() === "" || more.search(/\S/) <= indent) break;
      text.push(more.trim());
    }
    const said = oneLine(text.join(" "));
    return said === "" ? undefined : said;
  }
  return undefined;
}

export function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ");
}

function indexOr(text: string, sought: string, from: number, otherwise: number): number {
  const found = text.indexOf(sought, from);
  return found < 0 ? otherwise : found;
}
