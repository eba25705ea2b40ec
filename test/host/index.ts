/**
 * The storey inside a real extension host: VS Code calls `run` because `extensionTestsPath` names
 * this file's bundle.
 */
import path from "node:path";
import { runStorey } from "../support/storey.js";

export async function run(): Promise<void> {
  const failures = await runStorey({
    files: required("SWEEPDECK_TEST_FILES").split(path.delimiter),
    events: required("SWEEPDECK_TEST_EVENTS"),
    only: process.env["SWEEPDECK_TEST_ONLY"],
    timeoutMs: 60_000,
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The environment has no ${name}.`);
  return value;
}
