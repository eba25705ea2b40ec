/** Writes what the documentation takes from the grammar and from established practice: `npx tsx scripts/write-reference.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { practiceReference } from "../src/language/practice/reference.js";
import { jsonSchemaOf } from "../src/sweep/facts.js";
import { sweepFile } from "../src/sweep/grammar.js";
import { withReferenceTables } from "../src/sweep/reference.js";
import { problemsPage } from "./problems-page.js";

const docs = path.resolve(import.meta.dirname, "../docs");
const reference = path.join(docs, "sweep-file.md");

writeFileSync(reference, withReferenceTables(readFileSync(reference, "utf8")));
writeFileSync(
  path.join(docs, "sweep.schema.json"),
  `${JSON.stringify(jsonSchemaOf(sweepFile), null, 2)}\n`,
);
writeFileSync(path.join(docs, "problems.md"), problemsPage());
writeFileSync(path.join(docs, "established-practice.md"), practiceReference());
