/** What is said of the text itself. */
import type { YamlProblem } from "./problem.js";
import { kindInWords, type Sentences } from "./wording.js";

export const yamlSentences: Sentences<YamlProblem> = {
  "yaml-syntax": ({ reason, detail }) => {
    const unclosed = /^(?:Flow|Missing closing|.* must end with a)/.test(detail);
    if (unclosed)
      return "A bracket or quote that was opened above is not closed before here. Close it.";
    return syntax[reason] ?? detail.replace(/\.?$/, ".");
  },
  "tab-between-words": () =>
    "PyYAML, with which W&B reads the file, takes no tab here. Use spaces.",
  "character-not-allowed": ({ codePoint }) =>
    `The character U+${codePoint.toString(16).toUpperCase().padStart(4, "0")} is not allowed in YAML. Delete it, or write it as an escape in double quotes.`,
  "several-documents": ({ count }) =>
    `The file holds ${count} documents, and a sweep is one. Delete the \`---\`, or move the others to files of their own.`,
  "nested-too-deep": () => "The file is nested too deeply to be read. Flatten it.",
  "alias-unknown": ({ name }) =>
    `Nothing above is marked \`&${name}\`. Mark it, or correct the name.`,
  "alias-inside-itself": ({ name }) =>
    `\`*${name}\` stands inside what it refers to. Refer to something that is complete.`,
  "anchor-twice": ({ name }) => `\`&${name}\` is used twice, which PyYAML refuses. Rename one.`,
  "anchor-name": ({ name }) =>
    `PyYAML does not take \`&${name}\`. Use letters, digits, \`-\` and \`_\`.`,
  "aliases-too-large": ({ limit }) =>
    `Written out, the aliases give more than ${limit} values. Use fewer.`,
  "merge-not-a-map": ({ found }) =>
    `\`<<\` merges maps, and this is ${kindInWords(found)}. Refer to a map, or to a list of maps.`,
  "tag-unsupported": ({ tag }) =>
    `The tag \`${shortTag(tag)}\` has no meaning in a sweep file. Delete it.`,
  "scalar-unreadable": ({ text, tag }) =>
    tag === undefined
      ? `PyYAML cannot read \`${text}\` as a value. Put it in quotes.`
      : `\`${text}\` is no ${shortTag(tag).replace(/^!!/, "")}. Correct it, or delete the tag.`,
  "key-not-a-word": ({ found }) => `A key must be text, and this is ${kindInWords(found)}.`,
  "key-not-text": ({ text, reads }) =>
    text === ""
      ? "A key is missing before the colon. Write one."
      : `As a key, \`${text}\` is read as ${String(reads)}. Put it in quotes.`,
  "duplicate-key": ({ key }) => `\`${key}\` stands here twice, and the last one wins. Delete one.`,
  "integer-too-large": ({ text, reads }) =>
    `\`${text}\` is too large to be exact, and becomes ${reads}. Put it in quotes to keep its digits.`,
  "date-as-text": ({ text }) =>
    `PyYAML reads \`${text}\` as a date, which W&B cannot pass on; here it is text. Put it in quotes.`,
  "number-without-dot": ({ text, reads, replacement, as }) =>
    as === "number"
      ? `W&B reads \`${text}\` as text, and refuses the sweep; here it is the number ${reads}. Write ${replacement}.`
      : `W&B reads \`${text}\` as text, and here it is the number ${reads}. Write ${replacement}.`,
  "yaml-versions-differ": (problem) => misreadSentence(problem),
};

/** For the mistakes that are made most while typing. */
const syntax: Readonly<Record<string, string>> = {
  MISSING_CHAR: "Something is missing here: a `:` after a key, or a comma.",
  BAD_INDENT: "This line is not indented like its neighbours. Align it with them.",
  MULTILINE_IMPLICIT_KEY: "A key must stand on one line and end with `:`.",
  BLOCK_AS_IMPLICIT_KEY: "One line holds two keys. Put the second on a line of its own.",
  BAD_SCALAR_START: "A value cannot start with this character. Put it in quotes.",
};

type Misread = Extract<YamlProblem, { code: "yaml-versions-differ" }>;

function misreadSentence({ text, reads, otherwise, form, isPadded }: Misread): string {
  const is = `\`${text}\` is ${typeof reads === "string" ? "text" : String(reads)}`;
  switch (form) {
    case "leading-zero": {
      const because =
        typeof reads === "string"
          ? "not octal, for all its leading zero"
          : "for a leading zero means octal";
      const plain = `Write \`${plainDigits(text)}\``;
      return isPadded
        ? `${is}: ${because}. Put it in quotes, with the others of its width.`
        : `${is}: ${because}. ${plain}, or put it in quotes if text is meant.`;
    }
    case "sixties":
      return `${is}: PyYAML counts what stands between colons in sixties. Put it in quotes, or write \`${String(reads)}\`.`;
    case "octal-prefix":
      return `${is} to W&B, and ${otherwise} to tools that read YAML 1.2. Put it in quotes, or write \`${otherwise}\`.`;
    case "word":
    case "underscores":
    case "binary":
      return `${is} to W&B, and ${otherwise} to tools that read YAML 1.2. Write \`${String(reads)}\`, or put it in quotes if text is meant.`;
  }
}

/** `-010` as -10. */
export function plainDigits(text: string): string {
  return text.replaceAll("_", "").replace(/^([-+]?)0+(?=\d)/, "$1");
}

function shortTag(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, "!!");
}
