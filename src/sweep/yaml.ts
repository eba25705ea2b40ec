/**
 * YAML text to a tree of values, as PyYAML's `safe_load` would read it.
 *
 * The `yaml` package finds the structure, under a schema that leaves every scalar as text; what
 * the scalars mean, what merging does and which key wins is decided here, by PyYAML's rules.
 */
import { parseAllDocuments } from "yaml";
import type { Report } from "./problem.js";
import { reportForeignCharacters, reportTabs } from "./pyyaml-text.js";
import type { TextNode, TextRange } from "./tree.js";
import { buildTree } from "./tree-builder.js";

/** One slip can break every line below it: more than these tell nothing. */
const errorLimit = 20;

/** Never throws; undefined where the text holds no value at all. */
export function readYaml(text: string, report: Report): TextNode | undefined {
  reportForeignCharacters(text, report);
  try {
    reportTabs(text, report);
    const documents = parseAllDocuments(text, {
      schema: "failsafe",
      resolveKnownTags: false,
      uniqueKeys: false,
      merge: false,
      logLevel: "silent",
      prettyErrors: false,
    });
    const [document, second] = "empty" in documents ? [] : documents;
    if (document === undefined) return undefined;
    for (const { pos, code, message } of document.errors.slice(0, errorLimit)) {
      report(inside(text, pos), { code: "yaml-syntax", reason: code, detail: message });
    }
    if (second !== undefined) {
      const start = second.range[0];
      report(inside(text, [start, start + 3]), {
        code: "several-documents",
        count: documents.length,
      });
    }
    return document.contents === null ? undefined : buildTree(document.contents, report);
  } catch (thrown) {
    // The parser, like the builder, goes down the tree by recursion.
    if (!(thrown instanceof RangeError)) throw thrown;
    report({ start: 0, end: text.length }, { code: "nested-too-deep" });
    return undefined;
  }
}

function inside(text: string, [start, end]: readonly [number, number]): TextRange {
  const from = Math.min(start, text.length);
  return { start: from, end: Math.max(from, Math.min(end, text.length)) };
}
