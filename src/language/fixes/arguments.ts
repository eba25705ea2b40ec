/** `--lr=${lr}`, or `--lr` and `${lr}`, in a command: W&B has no macros for single parameters. */
import type { SweepDocument } from "../../sweep/parse.js";
import { entryOf, type TextNode } from "../../sweep/tree.js";
import { itemRemovalOf, rewordAt, type TextEdit } from "../edit.js";
import { type Fix, preferred } from "./fix.js";

/** `${args}` stands for the first of these, where the command has none, and the others go. */
export function passAllArguments({ text, root }: SweepDocument): Fix | undefined {
  const words = entryOf(root, "command")?.value;
  const parameters = entryOf(root, "parameters")?.value;
  if (words?.kind !== "list" || parameters?.kind !== "map") return undefined;
  const names = new Set(parameters.entries.map(({ key }) => key));
  let hasArguments = words.items.some((word) => /^\$\{args(?:_\w+)?\}$/.test(sourceOf(word)));
  const edits: (TextEdit | undefined)[] = [];
  for (const [index, word] of words.items.entries()) {
    const [, option, name = ""] = /^(.{0,200}?)\$\{([^}]{0,200})\}$/.exec(sourceOf(word)) ?? [];
    if (!names.has(name)) continue;
    const before = words.items[index - 1];
    if (option === "" && before !== undefined && /^--?[a-zA-Z][\w-]*$/.test(sourceOf(before))) {
      edits.push(itemRemovalOf(text, before.range));
    }
    edits.push(
      hasArguments ? itemRemovalOf(text, word.range) : rewordAt(text, word.range, "${args}"),
    );
    hasArguments = true;
  }
  const whole = edits.filter((edit) => edit !== undefined);
  if (whole.length === 0 || whole.length < edits.length) return undefined;
  return preferred("Pass all parameters with ${args}", ...whole);
}

function sourceOf(node: TextNode): string {
  return node.kind === "scalar" ? node.source : "";
}
