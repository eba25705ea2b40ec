/**
 * The three storeys of tests, and how each is run.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openBrowser } from "./browser.mjs";
import * as editor from "./embedded-vscode/editor.mjs";
import { packageExtension } from "./package.mjs";
import { PlainError, root, run, step } from "./steps.mjs";

/** @typedef {import("./storey.mjs").Choice} Choice */
/** @typedef {import("./storey.mjs").Storey} Storey */

const hostLimitMs = 5 * 60_000;

/** @type {Record<"unit" | "host" | "ui", Storey>} */
export const storeys = {
  async unit({ events, choice }) {
    await step("Preparing a Python with the peers that our formats are held to", () =>
      run(process.execPath, [
        "--import=tsx",
        "--input-type=module",
        "--eval",
        'import { peerPython } from "./test/support/peers.ts"; peerPython();',
      ]),
    );
    await runProcess({ events, choice, timeoutMs: 60_000, env: {} });
  },

  async host({ scratch, events, choice }) {
    await runInExtensionHost({ scratch, env: hostEnvironment({ events, choice }) });
  },

  async ui({ events, choice }) {
    const vsix = await step("Packaging", packageExtension);
    const env = { SWEEPDECK_VSIX: vsix };
    await runProcess({ events, choice, timeoutMs: 120_000, env });
  },
};

/**
 * @param {{ events: string, choice: Choice, timeoutMs: number, env: Record<string, string> }} process
 * @returns {Promise<void>}
 */
function runProcess({ events, choice, timeoutMs, env }) {
  if (choice.files.length === 0) throw new PlainError("There are no test files.");
  const program = ["--import=tsx", "test/support/run.ts", events, String(timeoutMs)];
  const child = spawn(process.execPath, [...program, choice.only ?? "", ...choice.files], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new PlainError(`its process ended with ${code ?? signal}`));
    });
  });
}

/**
 * What the storey inside the extension host reads of its environment.
 *
 * @param {{ events: string, choice: Choice }} options
 * @returns {Record<string, string>}
 */
export function hostEnvironment({ events, choice: { files, only } }) {
  const bundles = files.map((file) => path.join(root, "dist/test", `${path.parse(file).name}.cjs`));
  return {
    SWEEPDECK_TEST_EVENTS: events,
    SWEEPDECK_TEST_FILES: bundles.join(path.delimiter),
    ...(only === undefined ? {} : { SWEEPDECK_TEST_ONLY: only }),
  };
}

/** @param {{ scratch: string, env: Record<string, string> }} options */
async function runInExtensionHost({ scratch, env }) {
  const folder = path.join(scratch, "digits");
  cpSync(path.join(root, "examples/digits"), folder, {
    recursive: true,
    filter: (file) => !file.includes(".sweepdeck"),
  });
  const server = await editor.start({
    dataDir: path.join(scratch, "data"),
    extensionsDir: path.join(scratch, "extensions"),
    testDriver: true,
    env,
  });
  const browser = await openBrowser(path.join(scratch, "profile"));
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    /** @type {Promise<number>} */
    const exit = new Promise((resolve) => {
      page.exposeFunction("codeAutomationExit", resolve);
    });
    await page.exposeFunction("codeAutomationLog", () => undefined);
    await page.goto(
      server.url(folder, [
        ["extensionDevelopmentPath", server.remoteUri(root)],
        ["extensionTestsPath", server.remoteUri(path.join(root, "dist/test/index.cjs"))],
      ]),
    );
    const code = await within(hostLimitMs, exit);
    if (code === 0) return;
    const screenshot = path.join(root, "dist/screenshots/host-storey.png");
    mkdirSync(path.dirname(screenshot), { recursive: true });
    await page.screenshot({ path: screenshot });
    const reason = code === undefined ? "never answered" : `ended with ${code}`;
    const log = readFileSync(server.logFile, "utf8").split("\n").slice(-20).join("\n");
    throw new PlainError(`the extension host ${reason}; see ${screenshot}\n${log}`);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * @template Value
 * @param {number} limitMs
 * @param {Promise<Value>} promise
 * @returns {Promise<Value | undefined>} undefined where the time is up first
 */
async function within(limitMs, promise) {
  const timeUp = new AbortController();
  try {
    return await Promise.race([promise, wait(limitMs, undefined, { signal: timeUp.signal })]);
  } finally {
    timeUp.abort();
  }
}
