/** The guide to what is wrong with the text itself. */
import type { YamlProblem } from "../problem.js";
import type { Guide } from "./entry.js";

export const yamlGuide: Guide<YamlProblem["code"]> = {
  "yaml-syntax": {
    title: "The text is no YAML",
    why: "Neither W&B nor Sweepdeck can read the file. The place is where the reader gave up: the slip itself may be a line above.",
    cure: "Look for a missing colon, a bracket or quote that is not closed, or a line that is not aligned with its neighbours.",
  },
  "tab-between-words": {
    title: "A tab where PyYAML takes none",
    why: "W&B reads sweep files with PyYAML, which takes a tab outside quotes, comments and blocks of text for the start of a word that it then cannot read.",
    cure: "Use spaces.",
  },
  "character-not-allowed": {
    title: "A character that YAML does not allow",
    why: "Control characters come in with copied text, and are mostly invisible. PyYAML refuses the whole file for one of them.",
    cure: "Delete it. If it is meant, write it as an escape in double quotes.",
  },
  "several-documents": {
    title: "Several documents in one file",
    why: "A line of three dashes starts a new YAML document, and a sweep file is read as one.",
    cure: "Delete the dashes, or move the other documents to files of their own.",
  },
  "nested-too-deep": {
    title: "Nested too deeply",
    why: "Beyond a hundred levels a file is damaged, or made to exhaust its reader.",
    cure: "Flatten it.",
  },
  "alias-unknown": {
    title: "An alias without its anchor",
    why: "`*name` stands for the value that was marked `&name` further up, and there is none.",
    cure: "Mark the value, or correct the name.",
  },
  "alias-inside-itself": {
    title: "An alias inside what it stands for",
    why: "The value would hold itself without end, which JSON, and so W&B, cannot carry.",
    cure: "Refer to a value that is complete.",
  },
  "anchor-twice": {
    title: "Two anchors with one name",
    why: "YAML allows it. PyYAML, with which W&B reads the file, does not.",
    cure: "Rename one of them.",
  },
  "anchor-name": {
    title: "An anchor's name that PyYAML does not take",
    why: "YAML 1.2 allows almost any character in the name of an anchor; PyYAML takes letters, digits, `-` and `_`.",
    cure: "Rename it.",
  },
  "aliases-too-large": {
    title: "Aliases that multiply beyond measure",
    why: "Written out, a few lines of aliases can give billions of values.",
    cure: "Use fewer.",
  },
  "merge-not-a-map": {
    title: "A merge of something that is no map",
    why: "`<<` takes over the keys of a map, or of each map in a list.",
    cure: "Refer to a map.",
  },
  "tag-unsupported": {
    title: "A tag without meaning in a sweep",
    why: "PyYAML makes something of it that JSON, and so W&B, cannot carry. Tags that work are `!!float`, `!!int`, `!!str`, `!!bool` and `!!null`.",
    cure: "Delete the tag.",
  },
  "scalar-unreadable": {
    title: "A value that PyYAML cannot read",
    why: "The tag asks for a kind of value that the text does not have, or the text is one that PyYAML keeps for itself.",
    cure: "Correct the value, delete the tag, or put the text in quotes.",
  },
  "key-not-a-word": {
    title: "A key that is no text",
    why: "YAML allows lists and maps as keys. A sweep file has names.",
    cure: "Write a name.",
  },
  "key-not-text": {
    title: "A key that is read as something else",
    why: "As PyYAML reads it, `on` is true, `1` is a number, and nothing before a colon is null.",
    cure: "Put the key in quotes.",
  },
  "duplicate-key": {
    title: "A key that stands twice",
    why: "The last one wins without a word, and what was written first is lost.",
    cure: "Delete one of them, or rename it.",
  },
  "integer-too-large": {
    title: "A whole number beyond what is exact",
    why: "Beyond 2^53 whole numbers lose their last digits on the way to the script.",
    cure: "Put it in quotes: the script then gets its digits as they are.",
  },
  "date-as-text": {
    title: "A date",
    why: "PyYAML makes a date of it, which W&B cannot pass on to a script. Here it stays text.",
    cure: "Put it in quotes.",
  },
  "number-without-dot": {
    title: "A number that W&B reads as text",
    why: "PyYAML follows YAML 1.1, where a number with an exponent needs a dot, and the exponent a sign. As a bound, such a text makes W&B refuse the sweep; among values it reaches the script as text. This is the commonest fatal mistake in public sweep files. Here it is the number that it looks like.",
    cure: "Write the dot and the sign: `1.0e-4`.",
  },
  "yaml-versions-differ": {
    title: "A value that is read otherwise than it looks",
    why: "PyYAML follows YAML 1.1, and so do W&B and Sweepdeck: a leading zero makes a number octal, colons make it count in sixties, and `yes`, `no`, `on` and `off` are booleans. Editors and other tools that follow YAML 1.2 read the same words otherwise.",
    cure: "Write the number or the boolean as it is meant, or put the text in quotes.",
  },
};
