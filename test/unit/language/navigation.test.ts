import { expect } from "chai";
import { linksOf } from "../../../src/language/links.js";
import {
  definitionAt,
  referencesAt,
  referencesTo,
  type Target,
} from "../../../src/language/navigation.js";
import { nothingKnown, type Surroundings } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import type { TextRange } from "../../../src/sweep/tree.js";
import { atCursor, type TextAtCursor, yaml } from "../../support/cursor.js";
import { around, commandLine, configKey, option, placeAt, reported } from "../../support/script.js";

const known = around({
  commandLines: [commandLine([option("learning-rate", { place: placeAt(5, "--learning-rate") })])],
  config: {
    isRead: true,
    keys: [configKey("learning-rate", { place: placeAt(8) }), configKey("depth")],
    passedOn: [],
  },
  metrics: { reported: [reported("val_loss", { place: placeAt(30) })], open: [] },
});

/** Each target in short: the line of a source (from 1), a path, or the text of the sweep. */
function targets({ text, offset }: TextAtCursor, with_: Surroundings = known): string[] {
  const found = definitionAt(parseSweep(text).document, offset, with_)?.targets ?? [];
  return found.map((target) => inShort(text, target));
}

function inShort(text: string, target: Target): string {
  switch (target.kind) {
    case "source":
      return `${target.place.path}:${target.place.line + 1}`;
    case "file":
      return target.path;
    case "sweep":
      return text.slice(target.range.start, target.range.end);
  }
}

function words(text: string, ranges: readonly TextRange[]): string[] {
  return ranges.map(
    ({ start, end }) => `${text.slice(0, start).split("\n").length}:${text.slice(start, end)}`,
  );
}

describe("go to definition", () => {
  it("leads from a parameter to the script's argument, and to where it is read", () => {
    const at = atCursor`
      parameters:
        learning_‸rate: {value: 1}
    `;
    expect(targets(at)).to.deep.equal(["/w/train.py:6", "/w/train.py:9"]);
  });

  it("leads from the metric to where it is reported", () => {
    expect(targets(atCursor`metric: {name: val_‸loss}`)).to.deep.equal(["/w/train.py:31"]);
  });

  it("leads from the program, and from its macro, to the file", () => {
    expect(targets(atCursor`program: tra‸in.py`)).to.deep.equal(["/w/train.py"]);
    expect(targets(atCursor`command: [python, "\${pro‸gram}"]`)).to.deep.equal(["/w/train.py"]);
  });

  it("leads from a mention in the sweepdeck block to the parameter, and on to the script", () => {
    const at = atCursor`
      parameters:
        depth: {value: 1}
      sweepdeck:
        constraints: ["width * dep‸th <= 4"]
    `;
    expect(targets(at)).to.deep.equal(["depth: {value: 1}", "/w/train.py:3"]);
  });

  it("leads nowhere where nothing is known", () => {
    const at = atCursor`
      parameters:
        dep‸th: {value: 1}
    `;
    expect(targets(at, nothingKnown)).to.deep.equal([]);
    expect(targets(atCursor`meth‸od: grid`)).to.deep.equal([]);
  });

  it("marks the word that it was asked for", () => {
    const { text, offset } = atCursor`metric: {name: val_‸loss}`;
    const origin = definitionAt(parseSweep(text).document, offset, known)?.origin;
    expect(text.slice(origin?.start, origin?.end)).to.equal("val_loss");
  });
});

describe("references", () => {
  const text = yaml`
    metric: {name: val_loss}
    parameters:
      depth: {values: [1, 2]}
      optimizer:
        parameters:
          name: {values: [sgd]}
      width: {values: [1, 2]}
    sweepdeck:
      initial: [{depth: 1}]
      zip: [[depth, width]]
      conditions: {width: {optimizer.name: sgd}}
      constraints: ["depth * width < 3", "depths < 1"]
  `;
  const { document } = parseSweep(text);

  it("of a parameter are its definition and all that speaks of it", () => {
    const at = text.indexOf("depth");
    expect(words(text, referencesAt(document, at))).to.deep.equal([
      "3:depth",
      "9:depth",
      "10:depth",
      "12:depth",
    ]);
    expect(words(text, referencesAt(document, text.indexOf("optimizer.name")))).to.deep.equal([
      "6:name",
      "11:optimizer.name",
    ]);
  });

  it("of a place in the script are the places of the sweep that set it", () => {
    const { start } = placeAt(2);
    const found = referencesTo(document, known, { path: "/w/train.py", offset: start });
    expect(words(text, found)).to.deep.equal(["3:depth", "9:depth", "10:depth", "12:depth"]);
    const metric = { path: "/w/train.py", offset: placeAt(30).start };
    expect(words(text, referencesTo(document, known, metric))).to.deep.equal(["1:val_loss"]);
    const elsewhere = { path: "/w/other.py", offset: start };
    expect(referencesTo(document, known, elsewhere)).to.deep.equal([]);
  });
});

describe("document links", () => {
  it("open the program and the files that the command names", () => {
    const text = yaml`
      program: train.py
      command: ["\${env}", .venv/bin/python, "\${program}", --config=conf/base.yaml, --x=nope.yaml]
    `;
    const files = around(
      { files: ["/w/train.py", "/w/conf/base.yaml"] },
      { interpreters: [".venv/bin/python"] },
    );
    const links = linksOf(parseSweep(text).document, files);
    expect(
      links.map(({ range, path }) => [text.slice(range.start, range.end), path]),
    ).to.deep.equal([
      ["train.py", "/w/train.py"],
      [".venv/bin/python", ".venv/bin/python"],
      ["conf/base.yaml", "/w/conf/base.yaml"],
    ]);
  });

  it("leave a program alone that is not there", () => {
    const missing: Surroundings = { ...nothingKnown, program: { kind: "missing", similar: [] } };
    expect(linksOf(parseSweep("program: train.py\n").document, missing)).to.deep.equal([]);
  });
});
