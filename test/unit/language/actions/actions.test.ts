/**
 * Each folder of test/fixtures/actions shows one action: `before.yaml` with the cursor at `‸` and the
 * action's title in its first line, `after.yaml` with what comes of it, and what is left behind as
 * comments at its end; `past.json`, where there is one, the configurations of earlier trials, the
 * best first.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { type Action, actionsFor } from "../../../../src/language/actions/actions.js";
import { applyEdits } from "../../../../src/language/edit.js";
import { nothingKnown, type Surroundings } from "../../../../src/language/surroundings.js";
import type { Configuration } from "../../../../src/space/space.js";
import { parseSweep } from "../../../../src/sweep/parse.js";
import { type TextAtCursor, takeCursor } from "../../../support/cursor.js";
import { sweepText } from "../../../support/sweep-texts.js";

const folder = path.join(import.meta.dirname, "../../../fixtures/actions");

interface Example {
  readonly title: string;
  readonly at: TextAtCursor;
  readonly around: Surroundings;
}

function exampleIn(name: string): Example {
  const before = readFileSync(path.join(folder, name, "before.yaml"), "utf8");
  const [, title = "", text = ""] = /^# (.*?)\r?\n([\s\S]*)$/.exec(before) ?? [];
  const pastFile = path.join(folder, name, "past.json");
  const best = existsSync(pastFile)
    ? (JSON.parse(readFileSync(pastFile, "utf8")) as Configuration[])
    : undefined;
  const past = best && {
    study: "sweep-1",
    slots: 1,
    best: best.map((configuration, number) => ({ number, configuration })),
  };
  return { title, at: takeCursor(text), around: { ...nothingKnown, ...(past && { past }) } };
}

function offeredIn({ at, around }: Example): readonly Action[] {
  const range = { start: at.offset, end: at.offset };
  return actionsFor(parseSweep(at.text), range, around);
}

function afterOf(example: Example): string {
  const offered = offeredIn(example);
  const action = offered.find(({ title }) => title === example.title);
  if (action === undefined) {
    const titles = offered.map(({ title }) => title).join(", ");
    throw new Error(`${example.title} is not among ${titles}`);
  }
  const lost = action.lost.map((each) => `# left behind: ${each}\n`).join("");
  return applyEdits(example.at.text, action.edits) + lost;
}

const titlesAt = (text: string, around = nothingKnown): readonly string[] =>
  offeredIn({ title: "", at: takeCursor(text), around }).map(({ title }) => title);

describe("the action", () => {
  for (const name of readdirSync(folder)) {
    it(`${name} gives what its example shows`, () => {
      const example = exampleIn(name);
      const after = afterOf(example);
      const file = path.join(folder, name, "after.yaml");
      if (process.env["ACCEPT"] === "1") writeFileSync(file, after);
      expect(after).to.equal(readFileSync(file, "utf8"));
      const errors = (text: string) =>
        parseSweep(text)
          .problems.filter(({ severity }) => severity === "error")
          .map(({ code }) => code);
      expect(errors(after)).to.deep.equal(errors(example.at.text));
    });
  }
});

describe("the action, in a file of Windows that begins with a byte order mark,", () => {
  const asOnWindows = (text: string) => `\ufeff${text}`.replaceAll(/\r?\n/g, "\r\n");
  for (const name of readdirSync(folder)) {
    it(`${name} keeps the mark at the start and the kind of line ends`, () => {
      const { at, ...example } = exampleIn(name);
      const head = asOnWindows(at.text.slice(0, at.offset));
      const windows = { text: asOnWindows(at.text), offset: head.length };
      expect(asOnWindows(afterOf({ ...example, at: windows }).slice(1))).to.equal(
        asOnWindows(afterOf({ ...example, at })),
      );
      const { edits } = offeredIn({ ...example, at: windows }).find(
        ({ title }) => title === example.title,
      ) as Action;
      const after = applyEdits(windows.text, edits);
      expect(after)
        .to.match(/^\ufeff[^\ufeff]*$/)
        .and.not.match(/(?<!\r)\n/);
    });
  }
});

describe("actions", () => {
  it("are offered where they have something to do", () => {
    const lr = (definition: string, method = "random") =>
      titlesAt(`method: ${method}\nparameters:\n  lr‸: ${definition}\n`);
    expect(lr("{min: 0.1, max: 1.0}")).to.include.members([
      "List values of the range",
      "Search by factors (log scale)",
    ]);
    expect(lr("{min: 0.0, max: 1.0}")).not.to.include("Search by factors (log scale)");
    expect(lr("{values: [adam, sgd]}")).to.include("Weight the values");
    expect(lr("{values: [adam, sgd]}")).not.to.include("Search the range of these values");
    expect(lr("{values: [1, 2]}", "grid")).not.to.include("Weight the values");
    expect(lr("{values: [0.1, 0.2, 0.3]}", "grid")).not.to.include(
      "Search the range of these values",
    );
    expect(lr("{value: 3}")).to.deep.equal([]);
    expect(titlesAt("method: random\nname: ‸x\nparameters: {a: {value: 1}}\n")).to.deep.equal([]);
  });

  it("leave whole what the sweepdeck block says of a parameter", () => {
    const titles = (definition: string, ...block: readonly string[]) =>
      titlesAt(
        [
          ...["method: random", "parameters:", `  width‸: ${definition}`],
          ...["  heads: {values: [4, 8, 16]}", "  layers: {min: 1, max: 9}", "sweepdeck:"],
          ...block.map((line) => `  ${line}`),
          "",
        ].join("\n"),
      );
    const list = "{values: [64, 128, 256]}";
    expect(titles(list, "retries: 1")).to.include("Search the range of these values");
    expect(titles(list, "zip: [[width, heads]]")).not.to.include(
      "Search the range of these values",
    );
    expect(titles(list, "conditions: {layers: {width: 128}}")).not.to.include("Freeze at 64");
    expect(titles(list, "conditions: {layers: {width: 64}}")).to.include("Freeze at 64");
  });

  it("keep the line breaks of the file", () => {
    const { text, offset } = takeCursor(
      "method: random\r\nparameters:\r\n  lr:‸\r\n    values: [0.001, 0.01, 0.1]  # a\r\n  wd: {value: 0}\r\n",
    );
    const action = actionsFor(parseSweep(text), { start: offset, end: offset }, nothingKnown).find(
      ({ title }) => title === "Search the range of these values",
    );
    expect(applyEdits(text, action?.edits ?? [])).to.equal(
      "method: random\r\nparameters:\r\n  lr:\r\n    distribution: log_uniform_values  # a\r\n    min: 0.001\r\n    max: 0.1\r\n  wd: {value: 0}\r\n",
    );
  });

  it("do not touch a definition that stands elsewhere", () => {
    const text = [
      "method: random",
      "parameters:",
      "  lr: &range {min: 0.1, max: 1.0}",
      "  wd: *range‸",
      "  eps:",
      "    <<: ‸*range",
      "",
    ];
    for (const line of [3, 5]) {
      const marked = text.map((each, index) => (index === line ? each : each.replace("‸", "")));
      expect(titlesAt(marked.join("\n"))).to.deep.equal([]);
    }
  });

  it("know the script's default, and ask for a metric before a Bayesian search", () => {
    expect(titlesAt("method: ‸random\nparameters: {lr: {min: 0.1, max: 1.0}}\n")).not.to.include(
      "Convert to a Bayesian search",
    );
    const place = { path: "train.py", start: 0, end: 4, line: 0 };
    const option = {
      ...{ name: "lr", spellings: ["--lr"], default: 0.003, isRequired: false, place },
      takes: { kind: "number" },
    } as const;
    const around: Surroundings = {
      ...nothingKnown,
      program: {
        kind: "read",
        path: "train.py",
        reading: {
          program: "train.py",
          files: ["train.py"],
          commandLines: [
            {
              ...{ library: "argparse", place, options: [option], refusesUnknown: true, gaps: [] },
              ...{ hyphens: "exact", abbreviations: true, style: "hyphens", commands: [] },
            },
          ],
          config: { isRead: false, keys: [], passedOn: [], isHandedOver: false },
          metrics: { reports: [], gaps: [] },
          words: new Set(),
          readsArguments: true,
          gaps: [],
        } as never,
      },
    };
    expect(
      titlesAt(
        "program: train.py\nmethod: random\nparameters: {lr‸: {min: 0.1, max: 1.0}}\n",
        around,
      ),
    ).to.include("Freeze at the script's default, 0.003");
  });

  it("leave any sweep a sweep", () => {
    fc.assert(
      fc.property(sweepText, fc.nat(), (text, at) => {
        const parsed = parseSweep(text);
        const offset = at % (text.length + 1);
        const range = { start: offset, end: offset };
        const errors = (sweep: string) =>
          parseSweep(sweep).problems.filter(({ severity }) => severity === "error").length;
        for (const { title, edits } of actionsFor(parsed, range, nothingKnown)) {
          const ordered = [...edits].sort((a, b) => a.range.start - b.range.start);
          for (const [index, edit] of ordered.entries()) {
            const end = ordered[index - 1]?.range.end ?? 0;
            expect(edit.range.start, title).to.be.at.least(end);
          }
          const after = applyEdits(text, edits);
          expect(errors(after), `${title}:\n${text}\n${after}`).to.be.at.most(errors(text));
        }
      }),
      { numRuns: 300 },
    );
  }).timeout(30_000);
});
