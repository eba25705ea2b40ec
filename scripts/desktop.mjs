/**
 * `npm run test:desktop`: the storey `host` in VS Code desktop, where that can be downloaded.
 *
 * On Linux it needs a display; on a machine without one, run it under xvfb-run.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { build } from "./build.mjs";
import { fail, PlainError, root, step } from "./steps.mjs";
import { close, runStorey } from "./storey.mjs";
import { hostEnvironment } from "./storeys.mjs";

const downloadMs = 60_000;
const unreachable = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET"]);

function download() {
  return downloadAndUnzipVSCode({ timeout: downloadMs }).catch((error) => {
    if (!unreachable.has(error?.code)) throw error;
    throw new PlainError(
      `VS Code desktop cannot be downloaded from here (${error.code}). ` +
        "`npm test -- host` runs the same tests in the embedded VS Code.",
    );
  });
}

/**
 * @param {string} executable
 * @returns {import("./storey.mjs").Storey}
 */
function inDesktop(executable) {
  return async ({ scratch, events, choice }) => {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, "dist/test/index.cjs"),
      extensionTestsEnv: hostEnvironment({ events, choice }),
      launchArgs: [
        path.join(root, "examples/digits"),
        `--user-data-dir=${scratch}`,
        "--disable-extensions",
        "--disable-workspace-trust",
        "--no-sandbox",
      ],
    });
  };
}

async function main() {
  const executable = await step("Downloading VS Code desktop (once)", download);
  await step("Building", () => build({ production: false }));
  const files = readdirSync(path.join(root, "test/host")).filter((file) =>
    file.endsWith(".test.ts"),
  );
  close([
    await runStorey("host, in the desktop", inDesktop(executable), { files, only: undefined }),
  ]);
}

await main().catch(fail);
