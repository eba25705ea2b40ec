/**
 * The browser in which the tests open the workbench.
 */
import { chromium } from "playwright-core";
import { ensureChromium } from "./prerequisites.mjs";

/**
 * Opens a browser with a profile of its own, which a later one may take up again.
 *
 * @param {string} profileDir
 * @returns {Promise<import("playwright-core").BrowserContext>}
 */
export async function openBrowser(profileDir) {
  return chromium.launchPersistentContext(profileDir, {
    executablePath: await ensureChromium(),
    viewport: { width: 1400, height: 900 },
    args: [
      // The pages are ours, on loopback; containers and root have no sandbox to offer.
      "--no-sandbox",
      "--disable-gpu",
      // The /dev/shm of a container is too small for a workbench.
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
