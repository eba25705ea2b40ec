/**
 * A real workbench for one suite: a server with the packaged extension, a copy of an example, and a
 * browser that shows it.
 *
 * Each suite opens its own, because VS Code restarts an extension host only twice in five minutes:
 * a suite that kills hosts would use up what a shared server allows to the others.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BrowserContext, FrameLocator, Locator, Page } from "playwright-core";
import { openBrowser } from "../../../scripts/browser.mjs";
import * as editor from "../../../scripts/embedded-vscode/editor.mjs";
import { packageExtension } from "../../../scripts/package.mjs";
import { until } from "../../support/until.js";
import { descendants, kill, processesIn, runningProcesses } from "./processes.js";
import { onViolation, type Violation } from "./violations.js";

const root = path.resolve(import.meta.dirname, "../../..");
const screenshots = path.join(root, "dist/screenshots");
// A workbench on a busy machine takes its time, and a wait that succeeds costs nothing.
const actionLimitMs = 30_000;
const pickLimitMs = 3_000;

export interface WorkbenchOptions {
  /** A folder of `examples/`, copied afresh. */
  readonly example: string;
  /** Workspace Trust is on, so that the folder opens in Restricted Mode. */
  readonly trust?: boolean;
  /** Files written over the copy: path in the folder, and content. */
  readonly files?: Readonly<Record<string, string>>;
  /** The file that is open from the start. */
  readonly open?: string;
  /** User settings beside the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server and the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  // Short, because a socket's path may have about a hundred characters.
  const scratch = mkdtempSync(path.join(tmpdir(), "sd-"));
  const folder = path.join(scratch, options.example);
  copyExample(options.example, folder, options.files ?? {});
  const server = await editor.start({
    dataDir: path.join(scratch, "data"),
    extensionsDir: await installedExtensions(),
    trust: options.trust ?? false,
    env: { ...options.env },
    settings: {
      // Read by the tests as text and by name, however many there are.
      "terminal.integrated.gpuAcceleration": "off",
      "terminal.integrated.tabs.hideCondition": "never",
      ...options.settings,
    },
  });
  const workbench = new Workbench({ scratch, folder, server, open: options.open });
  await workbench.reopen();
  return workbench;
}

function copyExample(example: string, folder: string, files: Readonly<Record<string, string>>) {
  cpSync(path.join(root, "examples", example), folder, {
    recursive: true,
    filter: (file) => !/\.sweepdeck|__pycache__/.test(path.basename(file)),
  });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

let installing: Promise<string> | undefined;

/** The extensions folder of all servers of this process, with the packaged extension in it. */
function installedExtensions(): Promise<string> {
  installing ??= (async () => {
    await editor.install();
    const dataDir = mkdtempSync(path.join(tmpdir(), "sd-"));
    process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }));
    const extensionsDir = path.join(dataDir, "extensions");
    const vsix = process.env["SWEEPDECK_VSIX"] ?? (await packageExtension());
    await editor.installVsix({ dataDir, extensionsDir, vsix });
    return extensionsDir;
  })();
  return installing;
}

interface Place {
  readonly scratch: string;
  readonly folder: string;
  readonly server: editor.Editor;
  readonly open: string | undefined;
}

const openWorkbenches = new Set<Workbench>();

export class Workbench {
  /** The workspace folder: a copy that the suite may change. */
  readonly folder: string;
  readonly server: editor.Editor;
  readonly #place: Place;
  #browser: { context: BrowserContext; page: Page } | undefined;
  readonly #violations: Violation[] = [];
  readonly #foreignRequests: string[] = [];

  constructor(place: Place) {
    this.#place = place;
    this.folder = place.folder;
    this.server = place.server;
    openWorkbenches.add(this);
  }

  /** The page of the browser that is open now. */
  get page(): Page {
    if (this.#browser === undefined) throw new Error("The browser is closed.");
    return this.#browser.page;
  }

  /** Breaches of a webview's policy since the workbench was opened. */
  get violations(): readonly Violation[] {
    return this.#violations;
  }

  /** Addresses outside this machine that were asked for. */
  get foreignRequests(): readonly string[] {
    return this.#foreignRequests;
  }

  /** Closes the browser, as a person closes a window, and opens the folder in a new one. */
  async reopen(): Promise<void> {
    await this.#browser?.context.close();
    const context = await openBrowser(this.#profileDir());
    const page = context.pages()[0] ?? (await context.newPage());
    this.#browser = { context, page };
    page.setDefaultTimeout(actionLimitMs);
    await onViolation(context, (violation) => this.#violations.push(violation));
    context.on("request", (request) => this.#noteForeign(request.url()));
    const { open, folder } = this.#place;
    const file = open === undefined ? undefined : path.join(folder, open);
    const payload = file === undefined ? [] : [["openFile", this.server.remoteUri(file)] as const];
    await page.goto(this.server.url(folder, payload));
    await this.#untilReady();
  }

  /** Kills the browser: the server is told nothing, and waits for the window to come back. */
  async killBrowser(): Promise<void> {
    const closed = this.#browser?.context.waitForEvent("close", { timeout: actionLimitMs });
    for (const { pid, command } of runningProcesses()) {
      if (command.includes(`--user-data-dir=${this.#profileDir()}`)) kill(pid);
    }
    await closed;
    this.#browser = undefined;
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#untilReady();
  }

  /**
   * The process id of the extension host that serves the window now. Those of windows that went away
   * without a word live on for minutes, so it is the youngest.
   */
  extensionHost(): number {
    const hosts = descendants(this.server.pid).filter(({ command }) =>
      command.includes("--type=extensionHost"),
    );
    const youngest = hosts.at(-1);
    if (youngest === undefined) throw new Error("The server has no extension host.");
    return youngest.pid;
  }

  /** Kills the extension host and resolves when VS Code has started another: twice in five minutes. */
  async killExtensionHost(): Promise<void> {
    const killed = this.extensionHost();
    kill(killed);
    await until(
      "another extension host runs",
      () => this.extensionHost() !== killed,
      actionLimitMs,
    );
  }

  /** Runs a command by its full title, as the palette shows it. */
  async command(title: string): Promise<void> {
    await this.#pick("F1", `>${title}`, title);
  }

  /** Opens a file of the folder in the editor. */
  async openFile(name: string): Promise<void> {
    await this.#pick("ControlOrMeta+P", name, path.basename(name));
    await this.tab(path.basename(name)).waitFor();
  }

  /**
   * A list that was opened too early (manifests unread, files unlisted) does not get what comes
   * later: so it is opened again until it has a row with the wanted label.
   */
  async #pick(key: string, typed: string, wanted: string): Promise<void> {
    const list = this.page.locator(".quick-input-widget");
    const label = this.page.getByText(wanted, { exact: true });
    const row = list.locator(".monaco-list-row", { has: label }).first();
    await until(
      `"${wanted}" is offered`,
      async () => {
        await this.page.keyboard.press("Escape");
        await this.page.keyboard.press(key);
        await list.locator("input").first().fill(typed, { timeout: pickLimitMs });
        await row.click({ timeout: pickLimitMs });
        await list.waitFor({ state: "hidden", timeout: pickLimitMs });
        return true;
      },
      actionLimitMs,
    );
  }

  /** The tab of an editor, by its label. */
  tab(label: string): Locator {
    return this.page.locator(".tabs-container .tab", { hasText: label }).first();
  }

  /** The lenses above lines of the editor whose title holds the text. */
  codeLens(text: string | RegExp): Locator {
    return this.page.locator(".codelens-decoration a", { hasText: text });
  }

  /** The page inside the visible webview. */
  webview(): FrameLocator {
    return this.page
      .frameLocator("iframe.webview.ready:visible")
      .frameLocator("iframe#active-frame");
  }

  /** The webviews in sight, each by a name of its own. */
  async webviews(): Promise<string[]> {
    const frames = await this.page.locator("iframe.webview.ready:visible").all();
    return Promise.all(frames.map(async (frame) => (await frame.getAttribute("name")) ?? ""));
  }

  /**
   * The names of the terminals, as the panel lists them. It opens the panel, and VS Code opens a
   * shell in it where there is no terminal yet.
   */
  async terminals(): Promise<string[]> {
    await this.command("Terminal: Focus on Terminal View");
    const entries = this.page.locator(".terminal-tabs-entry");
    const names = (await entries.allInnerTexts()).map((text) => text.trim());
    // The list keeps an empty place at its end.
    return names.filter((name) => name !== "");
  }

  /** What stands in the terminal that is shown. */
  async terminalText(): Promise<string> {
    const rows = this.page.locator(".terminal-wrapper.active .xterm-rows");
    return (await rows.locator("> div").allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
  }

  /** The messages of the notifications on the screen. */
  async notifications(): Promise<string[]> {
    return this.page.locator(".notification-toast .notification-list-item-message").allInnerTexts();
  }

  /** Saves what the window shows as dist/screenshots/<name>.png and returns the file. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(screenshots, { recursive: true });
    const file = path.join(screenshots, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Ends the window, the server and all that was started in them, and deletes the folder. */
  async close(): Promise<void> {
    openWorkbenches.delete(this);
    await this.#browser?.context.close();
    const started = descendants(this.server.pid).map(({ pid }) => pid);
    await this.server.stop();
    for (const pid of [...started, ...processesIn(this.#place.scratch)]) kill(pid);
    rmSync(this.#place.scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #profileDir(): string {
    return path.join(this.#place.scratch, "profile");
  }

  #noteForeign(address: string): void {
    const { hostname, protocol } = new URL(address);
    if (hostname === "127.0.0.1" || !/^(https?|wss?):$/.test(protocol)) return;
    // Files of an extension: the webview's own service worker answers, nothing is sent.
    if (hostname.endsWith(".vscode-resource.vscode-cdn.net")) return;
    this.#foreignRequests.push(address);
  }

  async #untilReady(): Promise<void> {
    const { open } = this.#place;
    await this.page
      .locator(".monaco-workbench .explorer-folders-view .monaco-list-row")
      .first()
      .waitFor();
    if (open !== undefined) await this.tab(path.basename(open)).waitFor();
  }
}

// These are hooks of every suite whose file imports this one.
afterEach(async function () {
  if (this.currentTest?.state !== "failed") return;
  const name = this.currentTest.fullTitle().replace(/\W+/g, "-");
  for (const workbench of openWorkbenches) {
    await workbench.screenshot(`failed-${name}`).catch(() => undefined);
  }
});

after(async () => {
  for (const workbench of openWorkbenches) await workbench.close();
});
