/**
 * A real VS Code for machines that have none: the server inside the npm package code-server, without
 * its wrapper, on loopback and behind a token.
 *
 * Only what the server needs of code-server's dependencies is locked beside this file; three packages
 * that need a compiler are replaced by `shims/`. It comes with a Node of its own, because the server
 * needs a newer one than we ask of our users.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { ensureModules } from "../modules.mjs";
import { PlainError, run } from "../steps.mjs";

const modules = path.join(import.meta.dirname, "node_modules");
const application = path.join(modules, "code-server/lib/vscode");
const serverMain = path.join(application, "out/server-main.js");
const node = path.join(modules, ".bin", process.platform === "win32" ? "node.cmd" : "node");
const loopback = "127.0.0.1";
const gracefulStopMs = 3_000;

/** Settings of a workbench that shows our work and nothing else, and asks nothing of the internet. */
const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "remote.autoForwardPorts": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/**
 * @typedef {object} EditorOptions
 * @property {string} dataDir where the server keeps settings, state and its log
 * @property {string} extensionsDir
 * @property {boolean} [trust] Workspace Trust is on, so that a folder opens in Restricted Mode
 * @property {boolean} [testDriver] the page's payload may name a development extension and its tests
 * @property {number} [port] a free one where absent
 * @property {Record<string, unknown>} [settings] user settings beside, or instead of, the quiet ones
 * @property {Record<string, string>} [env] added to the environment of server and extension host
 */

/**
 * @typedef {object} Editor
 * @property {number} pid
 * @property {string} logFile
 * @property {(folder: string, payload?: Payload) => string} url a page that has the folder open
 * @property {(file: string) => string} remoteUri how a page's payload names a file of the server
 * @property {() => Promise<void>} stop resolves when the server's process is gone
 */

/**
 * What a page of the workbench is told when it opens, as key and value: `openFile`, and under the
 * test driver `extensionDevelopmentPath` and `extensionTestsPath`.
 *
 * @typedef {readonly (readonly [string, string])[]} Payload
 */

/** Installs the server unless it is there: about 150 MB to download, 15 seconds, once. */
export async function install() {
  await ensureModules(
    import.meta.dirname,
    "Installing the embedded VS Code (about 150 MB to download, once)",
  );
  // The page asks for files of packages under the server's own root, where npm did not put them.
  const link = path.join(application, "node_modules");
  if (!existsSync(link)) await symlink(modules, link, "junction");
}

/**
 * Installs a packaged extension for the servers that use this extensions folder.
 *
 * @param {{ dataDir: string, extensionsDir: string, vsix: string }} where
 */
export async function installVsix({ dataDir, extensionsDir, vsix }) {
  const args = ["--force", "--install-extension", vsix];
  await run(node, [serverMain, ...folders({ dataDir, extensionsDir }), ...args], {
    env: serverEnvironment({}),
  });
}

/**
 * Starts a server; resolves when it listens. What it opens is up to the page's address.
 *
 * @param {EditorOptions} options
 * @returns {Promise<Editor>}
 * @throws {PlainError} where the server ends before it listens
 */
export async function start(options) {
  const { dataDir, trust = false, testDriver = false, settings = {}, env = {} } = options;
  await writeSettings(dataDir, {
    ...quietSettings,
    "security.workspace.trust.enabled": trust,
    // A dialog in front of the folder would hide that Restricted Mode is meant to be usable.
    "security.workspace.trust.startupPrompt": "never",
    ...settings,
  });
  const port = options.port ?? (await freePort());
  const token = randomBytes(16).toString("hex");
  const child = spawn(
    node,
    [
      serverMain,
      ...["--host", loopback, "--port", String(port), "--connection-token", token],
      ...["--accept-server-license-terms", "--disable-telemetry"],
      // What was activated in this terminal counts, rather than what a login shell would set.
      "--force-disable-user-env",
      ...folders(options),
      ...(trust ? [] : ["--disable-workspace-trust"]),
      ...(testDriver ? ["--enable-smoke-test-driver"] : []),
    ],
    { env: serverEnvironment(env), stdio: ["ignore", "pipe", "pipe"] },
  );
  const logFile = path.join(dataDir, "server.log");
  const pid = await listening(child, logFile);
  const authority = `${loopback}:${port}`;
  return {
    pid,
    logFile,
    url: (folder, payload = []) => {
      const query = new URLSearchParams({ folder, tkn: token });
      if (payload.length > 0) query.set("payload", JSON.stringify(payload));
      // Slashes and colons may stand in a query, and a person reads and copies this address.
      const readable = query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
      return `http://${authority}/?${readable}`;
    },
    remoteUri: (file) => `vscode-remote://${authority}${file}`,
    stop: () => end(child),
  };
}

/** @param {{ dataDir: string, extensionsDir: string }} options */
function folders({ dataDir, extensionsDir }) {
  return ["--server-data-dir", dataDir, "--extensions-dir", extensionsDir];
}

/** @param {Record<string, string>} added */
function serverEnvironment(added) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...added };
  // Left by the terminal of another VS Code: the server's own terminals would talk to that one.
  delete env["VSCODE_IPC_HOOK_CLI"];
  // Under npm these point at the package whose script runs, not at what a user's terminal has.
  for (const name of Object.keys(env)) if (/^npm_/i.test(name)) delete env[name];
  return env;
}

/**
 * @param {string} dataDir
 * @param {Record<string, unknown>} settings
 */
async function writeSettings(dataDir, settings) {
  const user = path.join(dataDir, "data/User");
  await mkdir(user, { recursive: true });
  await mkdir(path.join(dataDir, "data/Machine"), { recursive: true });
  const file = path.join(user, "settings.json");
  // Whoever changed a setting in the workbench keeps it.
  if (!existsSync(file)) await writeFile(file, JSON.stringify(settings, null, 2));
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, loopback, () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("a listening socket has no port"));
      });
    });
  });
}

/**
 * @param {import("node:child_process").ChildProcessByStdio<null, import("node:stream").Readable, import("node:stream").Readable>} child
 * @param {string} logFile
 * @returns {Promise<number>} its process id
 */
function listening(child, logFile) {
  const log = createWriteStream(logFile);
  let printed = "";
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        log.write(text);
        if (printed.includes("listening on")) return;
        printed += text;
        if (printed.includes("listening on") && child.pid !== undefined) resolve(child.pid);
      });
    }
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      reject(new PlainError(`The embedded VS Code ended with ${code ?? signal}:\n${printed}`));
    });
  });
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<void>}
 */
function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const impatience = setTimeout(() => child.kill("SIGKILL"), gracefulStopMs);
    child.once("exit", () => {
      clearTimeout(impatience);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
