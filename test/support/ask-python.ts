/**
 * One question to Python, one answer: a whole batch of cases goes in one process, because
 * importing the peers takes seconds.
 */
import { execFileSync } from "node:child_process";
import { peerPython } from "./peers.js";

/**
 * Runs `program` with the variable `question` in it; what it leaves in `answer` comes back as JSON.
 * Numbers that JSON cannot hold come back as null: a program that has some must name them.
 */
export function askPython(program: string, question: unknown): unknown {
  const frame = [
    "import json, sys",
    "question = json.load(sys.stdin)",
    program,
    "json.dump(answer, sys.stdout)",
  ].join("\n");
  const output = execFileSync(peerPython(), ["-c", frame], {
    input: JSON.stringify(question),
    encoding: "utf8",
    maxBuffer: 256 * 2 ** 20,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, PYTHONWARNINGS: "ignore", PYTHONIOENCODING: "utf-8" },
  });
  return JSON.parse(output);
}
