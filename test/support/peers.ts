/**
 * A Python environment with the peers that our formats are held to: Optuna and its dashboard,
 * W&B's own sweep engine, PyYAML. Made once under `.cache/`, by whichever test asks first.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readTextIfThere } from "../../src/study/files.js";

const requirements = [
  "optuna==5.0.0",
  "optuna-dashboard==0.21.0",
  "sweeps==0.3.0",
  "PyYAML==6.0.3",
];
const home = path.resolve(import.meta.dirname, "../../.cache/peers");

/** The absolute path of a Python that can import the peers; takes about half a minute the first time. */
export function peerPython(): string {
  const python = path.join(home, "bin", "python");
  const stamp = path.join(home, "installed");
  if (readTextIfThere(stamp) === requirements.join("\n")) return python;
  mkdirSync(path.dirname(home), { recursive: true });
  rmSync(home, { recursive: true, force: true });
  execFileSync("python3", ["-m", "venv", home], { stdio: "pipe" });
  execFileSync(python, ["-m", "pip", "install", "--quiet", ...requirements], { stdio: "pipe" });
  writeFileSync(`${stamp}.part`, requirements.join("\n"));
  renameSync(`${stamp}.part`, stamp);
  return python;
}
