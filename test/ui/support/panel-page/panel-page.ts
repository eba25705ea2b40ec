/** Opens the built page of the board in Chromium, under the policy that the extension sets. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { ensureChromium } from "../../../../scripts/prerequisites.mjs";
import { boardHtml } from "../../../../src/editor/board/boardHtml.js";
import type { FakeHost } from "./fake-host-face.js";
import { bodyClass, type Theme, themeSheet } from "./themes.js";

const root = path.resolve(import.meta.dirname, "../../../..");
const origin = "http://panel.test";

/** The fake host from outside of its page. */
type Fake = {
  readonly [Name in Exclude<keyof FakeHost, "asked">]: (
    ...words: Parameters<FakeHost[Name]>
  ) => Promise<void>;
} & { readonly asked: () => Promise<string[]> };

export interface PanelPage {
  readonly page: Page;
  readonly fake: Fake;
  /** What the policy blocked, and errors that nothing caught. */
  readonly troubles: string[];
}

async function fakeHost(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, "page/fake-host.ts")],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "chrome128",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

let scripts: Promise<{ host: string; board: string }> | undefined;

function builtScripts(): Promise<{ host: string; board: string }> {
  scripts ??= Promise.all([
    fakeHost(),
    readFile(path.join(root, "dist/webview/board.js"), "utf8"),
  ]).then(([host, board]) => ({ host, board }));
  return scripts;
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
    ],
  });
}

/** The row of a trial. */
export function rowOf(page: Page, trial: number): Locator {
  return page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: String(trial), exact: true }) });
}

/** The numbers of the trials in sight, from the top. */
export async function trialsShown(page: Page): Promise<number[]> {
  const found = await page.locator(".row").evaluateAll((rows) =>
    rows
      .map((row) => ({
        top: row.getBoundingClientRect().top,
        number: row.querySelector("[role=rowheader]")?.textContent ?? null,
      }))
      .sort((a, b) => a.top - b.top),
  );
  return found.flatMap(({ number }) => (number === null ? [] : Number(number)));
}

export interface PanelOptions {
  readonly scenario: string;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
}

export async function openPanel(browser: Browser, options: PanelOptions): Promise<PanelPage> {
  const { scenario, theme = "dark", width = 960, height = 720 } = options;
  const { host, board } = await builtScripts();
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 1.5,
    reducedMotion: options.reducedMotion === false ? "no-preference" : "reduce",
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") troubles.push(message.text());
  });
  const nonce = "for-this-test";
  const html = boardHtml({ scriptUri: `${origin}/board.js`, cspSource: origin, nonce })
    .replace(
      "</head>",
      `<style id="theme" nonce="${nonce}">${themeSheet(theme)}</style><script nonce="${nonce}" src="${origin}/host.js"></script></head>`,
    )
    .replace("<body>", `<body class="${bodyClass[theme]}">`);
  await page.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/") return route.fulfill({ contentType: "text/html", body: html });
    const body = pathname === "/host.js" ? host : board;
    return route.fulfill({ contentType: "text/javascript", body });
  });
  await page.addInitScript({
    content: `document.addEventListener("securitypolicyviolation", (event) =>
      console.error("blocked by the policy: " + event.violatedDirective + " at " + event.sourceFile + ":" + event.lineNumber));`,
  });
  await page.goto(`${origin}/?scenario=${scenario}`);
  await page.locator("sweepdeck-board").waitFor({ state: "attached" });
  return { page, troubles, fake: fakeOf(page) };
}

/** Changes the theme of an open page, as VS Code does. */
export async function wear(page: Page, theme: Theme): Promise<void> {
  const give = `(() => {
    document.querySelector("style#theme").textContent = ${JSON.stringify(themeSheet(theme))};
    document.body.className = ${JSON.stringify(bodyClass[theme])};
  })()`;
  await page.evaluate(give);
}

/** The fake host's methods, called in the page. */
function fakeOf(page: Page): Fake {
  const call =
    (name: string) =>
    (...words: unknown[]): Promise<void> =>
      page.evaluate(
        ({ name, words }) => {
          const { fakeHost } = globalThis as unknown as {
            fakeHost: Record<string, (...words: unknown[]) => void>;
          };
          fakeHost[name]?.(...words);
        },
        { name, words },
      );
  return {
    change: call("change"),
    add: call("add"),
    replace: call("replace"),
    refuse: call("refuse"),
    die: call("die"),
    comeBack: call("comeBack"),
    reveal: call("reveal"),
    asked: () =>
      page.evaluate(() => [...(globalThis as unknown as { fakeHost: FakeHost }).fakeHost.asked]),
  };
}
