import { expect } from "chai";
import fc from "fast-check";
import { comparable, oursOf, pyYamlOf, type Typed } from "../../support/pyyaml.js";

/** Held to PyYAML itself, a batch at a time. */
function differences(
  texts: readonly string[],
  agree = (theirs: Typed, ours: Typed): boolean =>
    JSON.stringify(comparable(theirs)) === JSON.stringify(comparable(ours)),
): unknown[] {
  return pyYamlOf(texts).flatMap((theirs, index) => {
    const text = texts[index] ?? "";
    const ours = oursOf(text);
    return agree(theirs, ours) ? [] : [{ text, theirs, ours }];
  });
}

describe("reading YAML as PyYAML reads it", function () {
  this.timeout(120_000);

  it("agrees on every scalar that could be a number, a word or a date", () => {
    const piece = fc.constantFrom(
      ...["0", "1", "7", "8", "9", "12", "_", ".", "e", "E", "+", "-", ":", "x", "o", "b", "0x"],
      ...["0o", "0b", "inf", ".inf", "-.INF", ".NaN", "yes", "No", "on", "OFF", "y", "true", "~"],
      ...["null", "=", "<<", "2026", "-01", "-31", "T", " ", "10:30", "Z", "a", "f", ","],
    );
    const scalar = fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
    const texts = fc.sample(scalar, { numRuns: 4000, seed: 4 }).map((text) => `key: ${text}\n`);
    const agree = (theirs: Typed, ours: Typed): boolean => {
      // PyYAML fails on the 45th of a month; here it is a date, which is text.
      if (theirs[0] === "error" && JSON.stringify(ours).includes('"date"')) return true;
      return JSON.stringify(comparable(theirs)) === JSON.stringify(comparable(ours));
    };
    expect(differences(texts, agree)).to.deep.equal([]);
  });

  it("agrees on documents: styles, anchors, aliases, merges, tags, keys that are not text", () => {
    // PyYAML can build a value that holds itself, which JSON, and so W&B, cannot carry.
    const agree = (theirs: Typed, ours: Typed): boolean =>
      JSON.stringify(ours).includes("alias-inside-itself") ||
      JSON.stringify(comparable(theirs)) === JSON.stringify(comparable(ours));
    const texts = fc.sample(documentText, { numRuns: 2500, seed: 4 });
    expect(differences(texts, agree)).to.deep.equal([]);
  });

  it("reads the same values from a damaged document, where both read one", () => {
    const damaged = fc
      .tuple(documentText, fc.nat(), fc.constantFrom(...damages))
      .map(([text, place, damage]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + damage + text.slice(damage === "" ? at + 1 : at);
      });
    const agree = (theirs: Typed, ours: Typed): boolean =>
      theirs[0] === "error" ||
      ours[0] === "error" ||
      JSON.stringify(comparable(theirs)) === JSON.stringify(comparable(ours));
    expect(differences(fc.sample(damaged, { numRuns: 2500, seed: 4 }), agree)).to.deep.equal([]);
  });

  it("refuses what PyYAML refuses", () => {
    const texts = [
      "a:\t1\n",
      "a: 1\t\n",
      "a:\n\t- 1\n",
      "\t\na: 1\n",
      "a: x\ty\n",
      "a: *nowhere\n",
      "a: &x 1\nb: &x 2\n",
      "a: &x+y 1\n",
      "a: !mine 1\n",
      "a: !!int 1.5\n",
      "a: !!bool maybe\n",
      "a: =\n",
      "a: <<\n",
      "<<: 1\n",
      "? [a]\n: 1\n",
      "a: 1\n---\nb: 2\n",
      "a: \u0007\n",
      "a: [1\n",
      "a: 'x\n",
      "a: @x\n",
      "a: %x\n",
      "a\nb: 1\n",
    ];
    const [refused, accepted] = [
      texts.filter((text) => oursOf(text)[0] === "error"),
      pyYamlOf(texts).flatMap(([type], index) => (type === "error" ? [] : [texts[index]])),
    ];
    expect(refused).to.deep.equal(texts);
    expect(accepted).to.deep.equal([]);
  });

  it("agrees on what is seldom written", () => {
    const texts = [
      ...["%YAML 1.1\n---\na: 010\n", "%YAML 1.2\n---\na: yes\n", "\ufeffa: 1\n", "a: 1\n...\n"],
      ...["a: 1\r\nb:\r\n  - x\r\n", "--- \na: |-\n  x\n", "a: !!map {b: 1}\n", "!!map\na: 1\n"],
      ...[
        "a: ! 5\n",
        "a: ! '5'\n",
        "a: # c\n  1\n",
        "a: 'x\n\n  y'\n",
        "? a\n: 1\n",
        "{? a : 1}\n",
      ],
      ...["a: >-\n  x\n   y\n\n  z\n", 'a: "\\x41\\u00e9\\U0001F600\\/\\_"\n', "a: [1, 2,]\n"],
      ...["a: [,]\n", "a: http://x.y/z\n", "a: x #y\n", "a: x#y\n", "a: -\n", "a:\n- 1\n- 2\n"],
      ...[
        "&x a: 1\nb: *x\n",
        "*x : 1\n",
        "a: &x 1\n*x : 2\n",
        "{a: 1, b}\n",
        "[a: 1]\n",
        "a: ? b\n",
      ],
      ...[
        "a: 'b'c\n",
        "<<: [{a: 1}, {a: 2, b: 3}]\nb: 0\n",
        "a: 1\n<<: {a: 2, c: 3}\n",
        "--- {}\n",
      ],
    ];
    expect(differences(texts)).to.deep.equal([]);
  });

  it("takes tabs where PyYAML takes them: in quotes, comments and blocks of text", () => {
    const texts = ['a: "x\ty"\n', "a: 'x\ty'\n", "a: 1 # x\ty\n", "a: |\n  x\ty\n\n  \tz\nb: 1\n"];
    expect(differences(texts)).to.deep.equal([]);
    expect(texts.map((text) => oursOf(text)[0])).to.deep.equal(["map", "map", "map", "map"]);
  });
});

type Node =
  | { readonly kind: "scalar"; readonly text: string }
  | { readonly kind: "list"; readonly flow: boolean; readonly items: readonly Node[] }
  | {
      readonly kind: "map";
      readonly flow: boolean;
      readonly entries: readonly (readonly [string, Node])[];
    };

const scalarText = fc.constantFrom(
  ...["1", "-0.5", "yes", "010", "a b", "1e-4", "''", '"q\\n\\u00e9"', "'it''s'", "null", "~"],
  ...["2026-01-31", "12:30", "!!float 1e-4", "!!str 5", "!!int '7'", "é", "a-b", "x:y", "*a"],
  ...["*b", "1_000", ".inf", "-.5", "on", "y", "0o17", "<<", "="],
);
const keyText = fc.constantFrom(
  ...["a", "b", "c", "'q'", '"d"', "<<", "a b", "k1", "k2", "k3", "on", "5", "null", "1e-4"],
);
const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", maxDepth: 4 },
    scalarText.map((text): Node => ({ kind: "scalar", text })),
    fc.record({
      kind: fc.constant("list" as const),
      flow: fc.boolean(),
      items: fc.array(tie("node"), { maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant("map" as const),
      flow: fc.boolean(),
      entries: fc.array(fc.tuple(keyText, tie("node")), { maxLength: 4 }),
    }),
  ),
}));

const documentText = fc.tuple(node, fc.nat(6)).map(([root, spread]) => {
  const text = block(root, "").replace(/^[\n ]/, "");
  // Anchors at some values: which ones depends on where they stand.
  return text.replace(/(: |- )(?=[[{1'"a-z])/g, (lead: string, _: string, offset: number) =>
    offset % 7 === spread ? `${lead}&${offset % 2 === 0 ? "a" : "b"} ` : lead,
  );
});

const damages = ["", " ", "\n", "# ", " # c\n", "\t", ":", "-", ",", "]", "}", "'", '"', "|", "? "];

function flow(node: Node): string {
  if (node.kind === "scalar") return node.text;
  if (node.kind === "list") return `[${node.items.map(flow).join(", ")}]`;
  return `{${node.entries.map(([key, value]) => `${key}: ${flow(value)}`).join(", ")}}`;
}

function block(node: Node, indent: string): string {
  if (node.kind === "scalar") return ` ${node.text}\n`;
  const parts = node.kind === "list" ? node.items : node.entries;
  if (node.flow || parts.length === 0) return ` ${flow(node)}\n`;
  const deeper = `${indent}  `;
  const lines =
    node.kind === "list"
      ? node.items.map((item) => `${indent}-${block(item, deeper)}`)
      : node.entries.map(([key, value]) => `${indent}${key}:${block(value, deeper)}`);
  return `\n${lines.join("")}`;
}
