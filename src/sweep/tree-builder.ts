/** From the nodes of the `yaml` package to a tree of values: aliases, merges, keys and tags. */
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { kindOf } from "./kind.js";
import { misreadOf } from "./misread.js";
import type { Report } from "./problem.js";
import { type ReadScalar, readPlain, readTagged } from "./pyyaml.js";
import type { MapEntry, ScalarNode, TextNode, TextRange } from "./tree.js";

/** How many values a document may hold with its aliases written out; more is an attack or a mistake. */
const nodeLimit = 100_000;

export function buildTree(root: ParsedNode, report: Report): TextNode {
  return new TreeBuilder(report).build(root);
}

/** Lives for one document: it knows the anchors seen so far. */
class TreeBuilder {
  readonly #report: Report;
  /** Null while the anchored value is being built. */
  readonly #anchors = new Map<string, TextNode | null>();
  readonly #sizes = new WeakMap<TextNode, number>();
  #size = 0;
  #isFull = false;

  constructor(report: Report) {
    this.#report = report;
  }

  /** A value: keys are built without the comparison, for they must be text in any case. */
  build(node: ParsedNode, beside: readonly ParsedNode[] = []): TextNode {
    const built = this.#build(node);
    if (isScalar(node) && node.tag === undefined && built.kind === "scalar" && built.plain) {
      this.#compare(built, beside);
    }
    return built;
  }

  #build(node: ParsedNode): TextNode {
    if (isAlias(node)) return this.#resolve(node);
    const { anchor } = node;
    if (anchor !== undefined) {
      this.#checkAnchor(anchor, rangeOf(node));
      this.#anchors.set(anchor, null);
    }
    const sizeBefore = this.#size;
    const built = this.#buildPlain(node);
    this.#size += 1;
    if (anchor !== undefined) {
      this.#anchors.set(anchor, built);
      this.#sizes.set(built, this.#size - sizeBefore);
    }
    return built;
  }

  #buildPlain(node: Exclude<ParsedNode, Alias.Parsed>): TextNode {
    if (isScalar(node)) return this.#scalar(node);
    this.#checkCollectionTag(node);
    if (isMap(node)) {
      return { kind: "map", range: rangeOf(node), entries: this.#entries(node) };
    }
    return { kind: "list", range: rangeOf(node), items: this.#items(node) };
  }

  #items(node: YAMLSeq.Parsed): TextNode[] {
    return node.items.map((item) => this.build(item, node.items));
  }

  #resolve(alias: Alias.Parsed): TextNode {
    const range = rangeOf(alias);
    const target = this.#anchors.get(alias.source);
    if (target === undefined || target === null) {
      const code = target === null ? "alias-inside-itself" : "alias-unknown";
      this.#report(range, { code, name: alias.source });
      return nullAt(range);
    }
    const size = this.#sizes.get(target) ?? 1;
    if (this.#size + size > nodeLimit) {
      if (!this.#isFull) this.#report(range, { code: "aliases-too-large", limit: nodeLimit });
      this.#isFull = true;
      return nullAt(range);
    }
    this.#size += size;
    // What the alias stands for is here; what is inside it stays where it was written.
    return { ...target, range };
  }

  #entries(map: YAMLMap.Parsed): MapEntry[] {
    const own: MapEntry[] = [];
    const merged: MapEntry[] = [];
    const firstSeen = new Map<string, TextRange>();
    for (const pair of map.items) {
      const keyNode = pair.key;
      if (isMergeKey(keyNode)) {
        merged.push(...this.#merge(pair.value, rangeOf(keyNode)));
        continue;
      }
      const { key, foreignKey } = this.#key(keyNode);
      const keyRange = rangeOf(keyNode);
      const value =
        pair.value === null
          ? nullAt({ start: keyRange.end, end: keyRange.end })
          : this.build(pair.value);
      const first = firstSeen.get(key);
      if (first !== undefined) this.#report(keyRange, { code: "duplicate-key", key, first });
      firstSeen.set(key, first ?? keyRange);
      own.push({ key, keyRange, value, ...(foreignKey !== undefined && { foreignKey }) });
    }
    return lastWins([...merged, ...own]);
  }

  /** `<<`: the keys of one map, or of a list of maps of which the first wins. */
  #merge(node: ParsedNode | null, keyRange: TextRange): MapEntry[] {
    const source = node === null ? nullAt(keyRange) : this.build(node);
    const maps = source.kind === "list" ? [...source.items].reverse() : [source];
    const other = maps.find(({ kind }) => kind !== "map");
    if (other !== undefined) {
      // The items of an alias stand elsewhere.
      const { range } = source;
      const found = kindOf(source.kind === "list" ? other : source);
      this.#report(range.end > range.start ? range : keyRange, { code: "merge-not-a-map", found });
    }
    return maps.flatMap((map) => (map.kind === "map" ? map.entries : []));
  }

  #key(node: ParsedNode): Pick<MapEntry, "key" | "foreignKey"> {
    const key = this.#build(node);
    if (key.kind !== "scalar") {
      this.#report(rangeOf(node), { code: "key-not-a-word", found: key.kind });
      return { key: "" };
    }
    if (key.type === "text" || key.textToPyYaml) return { key: key.source };
    return { key: key.type === "date" ? key.source : String(key.value), foreignKey: key };
  }

  #compare({ range, source: text, type, value }: ScalarNode, beside: readonly ParsedNode[]): void {
    const misread = misreadOf(text, type, value);
    if (misread === undefined) return;
    const isPadded = beside.some(
      (other) =>
        isScalar(other) &&
        other.source.length === text.length &&
        /^0\d/.test(other.source) &&
        other.source !== text,
    );
    this.#report(range, { code: "yaml-versions-differ", text, reads: value, ...misread, isPadded });
  }

  #scalar(node: Scalar.Parsed): ScalarNode {
    const range = rangeOf(node);
    const source = node.source;
    const plain = node.type === "PLAIN";
    const read = this.#read(node, source, plain, range);
    if (read.type === "date") this.#report(range, { code: "date-as-text", text: source });
    if (read.type === "integer" && !Number.isSafeInteger(read.value)) {
      this.#report(range, {
        code: "integer-too-large",
        text: source,
        reads: Number(read.value),
      });
    }
    return {
      kind: "scalar",
      range,
      type: read.type,
      value: read.value,
      source,
      plain,
      textToPyYaml: read.textToPyYaml === true,
    };
  }

  #read(node: Scalar.Parsed, source: string, plain: boolean, range: TextRange): ReadScalar {
    const asText: ReadScalar = { type: "text", value: source };
    if (node.tag === undefined) {
      if (!plain) return asText;
      const read = readPlain(source);
      if (read.type === "unreadable") {
        this.#report(range, { code: "scalar-unreadable", text: source });
        return asText;
      }
      return read;
    }
    const read = readTagged(source, node.tag);
    if (read === undefined) {
      this.#report(range, { code: "tag-unsupported", tag: node.tag });
      return asText;
    }
    if (read.type === "unreadable") {
      this.#report(range, { code: "scalar-unreadable", text: source, tag: node.tag });
      return asText;
    }
    return read;
  }

  #checkAnchor(name: string, range: TextRange): void {
    if (this.#anchors.has(name)) this.#report(range, { code: "anchor-twice", name });
    // YAML 1.2 takes almost any character.
    if (!/^[\w-]+$/.test(name)) this.#report(range, { code: "anchor-name", name });
  }

  #checkCollectionTag(node: YAMLMap.Parsed | YAMLSeq.Parsed): void {
    const expected = isSeq(node) ? "tag:yaml.org,2002:seq" : "tag:yaml.org,2002:map";
    if (node.tag !== undefined && node.tag !== expected && node.tag !== "!") {
      this.#report(rangeOf(node), { code: "tag-unsupported", tag: node.tag });
    }
  }
}

function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.type === "PLAIN" && key.source === "<<" && key.tag === undefined;
}

/** A key keeps the place where it stood first, and the value that it got last: Python's dict. */
function lastWins(entries: readonly MapEntry[]): MapEntry[] {
  const byKey = new Map<string, MapEntry>();
  for (const entry of entries) byKey.set(entry.key, entry);
  return [...byKey.values()];
}

function nullAt(range: TextRange): ScalarNode {
  return {
    kind: "scalar",
    range,
    type: "null",
    value: null,
    source: "",
    plain: true,
    textToPyYaml: false,
  };
}

function rangeOf(node: ParsedNode): TextRange {
  const [start, end] = node.range;
  return { start, end };
}
