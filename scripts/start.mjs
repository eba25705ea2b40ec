/**
 * `npm start`: from a fresh clone to the example in a real editor, by one command.
 *
 * VS Code desktop where `code` is on PATH, else the embedded one on a loopback port. EMBEDDED=1 asks
 * for the embedded one, --no-open too and only prints its address; --port chooses the port.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureModules } from "./modules.mjs";
import { onPath } from "./prerequisites.mjs";
import { fail, root, run, step } from "./steps.mjs";

const example = path.join(root, "examples/digits");
const sweep = path.join(example, "sweep.yaml");

/** @param {string} code the program `code` */
async function openDesktop(code) {
  const { build } = await import("./build.mjs");
  await step("Building", () => build({ production: false }));
  await run(code, [
    "--new-window",
    // The folder is our own example: asking whether to trust it would be a riddle.
    "--disable-workspace-trust",
    `--extensionDevelopmentPath=${root}`,
    example,
    sweep,
  ]);
  console.log("VS Code is open, with Sweepdeck loaded from this folder.");
}

/**
 * In the terminal of a remote window `code` talks to that window, and loads no extension from a
 * folder: the packaged one is installed.
 *
 * @param {string} code the program `code`
 */
async function openRemote(code) {
  const vsix = await packageQuickly();
  await step("Installing Sweepdeck in this VS Code", () =>
    run(code, ["--force", "--install-extension", vsix]),
  );
  await run(code, ["--new-window", example, sweep]);
  console.log("VS Code is open. If Sweepdeck was installed before, reload its window once.");
}

async function packageQuickly() {
  const { packageExtension } = await import("./package.mjs");
  return step("Packaging Sweepdeck", packageExtension);
}

/** @param {{ port: number | undefined, open: boolean }} wish */
async function openEmbedded({ port, open }) {
  const editor = await import("./embedded-vscode/editor.mjs");
  await editor.install();
  const vsix = await packageQuickly();
  const dataDir = path.join(root, "scripts/embedded-vscode/data");
  const extensionsDir = path.join(dataDir, "extensions");
  await editor.installVsix({ dataDir, extensionsDir, vsix });
  const server = await editor.start({
    dataDir,
    extensionsDir,
    ...(port === undefined ? {} : { port }),
  });
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => server.stop().then(() => process.exit(0), fail));
  }
  const url = server.url(example, [["openFile", server.remoteUri(sweep)]]);
  console.log(`\nThe example is open at\n\n  ${url}\n\nPress Ctrl+C to stop.`);
  if (open) await openInBrowser(url);
}

/** @param {string} url */
async function openInBrowser(url) {
  const opener = onPath("xdg-open", "open");
  // No browser on this machine is no error: the address is on the screen.
  if (opener !== undefined) await run(opener, [url]).catch(() => undefined);
}

async function main() {
  const { values } = parseArgs({
    options: { "no-open": { type: "boolean" }, port: { type: "string" } },
  });
  await ensureModules(root, "Installing the packages of package-lock.json (once)");
  const open = values["no-open"] !== true;
  const code = open && !process.env["EMBEDDED"] ? onPath("code") : undefined;
  if (code === undefined) {
    const port = values.port === undefined ? undefined : Number(values.port);
    await openEmbedded({ port, open });
  } else if (process.env["VSCODE_IPC_HOOK_CLI"]) await openRemote(code);
  else await openDesktop(code);
}

await main().catch(fail);
