/** The inside of brackets, up to the cursor: `{min: 1, max: ‸` and `[1, ‸`. */
import { unquoted } from "./outline.js";

export interface FlowFrame {
  readonly kind: "map" | "list";
  /** Texts of the values by key, as far as they are written. */
  readonly siblings: Map<string, string>;
  /** The key whose value is being written. */
  key?: string;
  /** Where the key, or the value, that is being written starts; its spaces included. */
  tokenStart: number;
}

const macro = /\$\{[^\s,{}[\]]*\}?/y;

/**
 * The brackets still open at `to`, outermost first, when reading starts with the bracket at `from`;
 * undefined in a comment.
 */
export function framesBetween(text: string, from: number, to: number): FlowFrame[] | undefined {
  const frames: FlowFrame[] = [];
  for (let at = from; at < to; at += 1) {
    const character = text.charAt(at);
    if (character === '"' || character === "'") {
      at = endOfQuoted(text, at, to);
    } else if (character === "#" && /\s/.test(text.charAt(at - 1))) {
      const end = text.indexOf("\n", at);
      if (end < 0 || end >= to) return undefined;
      at = end;
    } else if (text.startsWith("${", at)) {
      // A macro is a word, not a map.
      macro.lastIndex = at;
      at += (macro.exec(text)?.[0].length ?? 1) - 1;
    } else {
      step(frames, text, at);
      if (frames.length === 0) return [];
    }
  }
  return frames;
}

function step(frames: FlowFrame[], text: string, at: number): void {
  const character = text.charAt(at);
  const frame = frames.at(-1);
  if (character === "{" || character === "[") {
    const kind = character === "{" ? "map" : "list";
    frames.push({ kind, siblings: new Map(), tokenStart: at + 1 });
  } else if (character === "}" || character === "]") {
    frames.pop();
    const outer = frames.at(-1);
    if (outer?.key !== undefined)
      outer.siblings.set(outer.key, text.slice(outer.tokenStart, at + 1));
  } else if (frame !== undefined && character === ",") {
    finish(frame, text, at);
    frame.tokenStart = at + 1;
  } else if (frame?.kind === "map" && frame.key === undefined && character === ":") {
    if (!/[\s,[{}\]]|^$/.test(text.charAt(at + 1)) && !/["']/.test(text.charAt(at - 1))) return;
    frame.key = unquoted(text.slice(frame.tokenStart, at).trim());
    frame.siblings.set(frame.key, "");
    frame.tokenStart = at + 1;
  }
}

function finish(frame: FlowFrame, text: string, at: number): void {
  if (frame.key === undefined) return;
  frame.siblings.set(frame.key, text.slice(frame.tokenStart, at).trim());
  delete frame.key;
}

/** The closing quote, or the last character before `to`. */
function endOfQuoted(text: string, start: number, to: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < to; at += 1) {
    if (text.charAt(at) === "\\" && quote === '"') at += 1;
    else if (text.charAt(at) === quote) return at;
  }
  return to;
}

/** Keys that follow the cursor in the same brackets, on the rest of its line. */
export function keysAfter(text: string, offset: number): string[] {
  const end = text.slice(offset).search(/[\r\n]/);
  const rest = text.slice(offset, end < 0 ? undefined : offset + end);
  const keys: string[] = [];
  let depth = 0;
  for (const [found, key] of rest.matchAll(/[[{]|[\]}]|,\s*["']?([\w.-]+)["']?\s*:/g)) {
    if (found === "{" || found === "[") depth += 1;
    else if (found === "}" || found === "]") depth -= 1;
    else if (depth === 0 && key !== undefined) keys.push(key);
    if (depth < 0) break;
  }
  return keys;
}
