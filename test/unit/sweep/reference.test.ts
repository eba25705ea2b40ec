import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { jsonSchemaOf } from "../../../src/sweep/facts.js";
import { sweepFile } from "../../../src/sweep/grammar.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { withReferenceTables } from "../../../src/sweep/reference.js";

const docs = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, "../../../docs", name), "utf8");

describe("the reference of the sweep file", () => {
  it("is what the grammar says (else: npx tsx scripts/write-reference.ts)", () => {
    const written = docs("sweep-file.md");
    expect(written).to.equal(withReferenceTables(written));
    for (const name of ["run_cap", "q_log_uniform_values", "args_json_file", "limits.failures"]) {
      expect(written).to.include(name);
    }
  });

  it("comes with a JSON Schema that is the grammar too", () => {
    expect(JSON.parse(docs("sweep.schema.json"))).to.deep.equal(
      JSON.parse(JSON.stringify(jsonSchemaOf(sweepFile))),
    );
  });

  it("shows an example that is valid", () => {
    const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(docs("sweep-file.md")) ?? [];
    expect(parseSweep(example).problems).to.deep.equal([]);
    expect(parse(example)).to.have.property("program");
  });
});
