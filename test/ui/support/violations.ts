/**
 * Breaches of a webview's Content-Security-Policy, collected from every frame of every page.
 */
import type { BrowserContext } from "playwright-core";

export interface Violation {
  /** The directive that was breached, such as `style-src-attr`. */
  readonly directive: string;
  /** What was blocked: an address, or `inline`. */
  readonly blocked: string;
  /** The first characters of an inline script or style, where the policy asks for a sample. */
  readonly sample: string;
  /** The frame's address. */
  readonly frame: string;
}

/** Tells of each breach as it happens; call this before a page is opened. */
export async function onViolation(
  context: BrowserContext,
  tell: (violation: Violation) => void,
): Promise<void> {
  await context.exposeBinding(
    "reportViolation",
    ({ frame }, violation: Omit<Violation, "frame">) => {
      // The workbench has a policy and breaches of its own.
      if (frame.parentFrame() !== null) tell({ ...violation, frame: frame.url() });
    },
  );
  await context.addInitScript({ content: pageScript });
}

// VS Code writes a webview's page into a blank document with document.open(), which takes away every
// listener of document and window: so it is put back each time. The window, unlike its document, is
// the one that this script saw, since a frame's first blank page hands its window on.
const pageScript = `(() => {
  const report = ({ effectiveDirective, blockedURI, sample }) =>
    window.reportViolation({ directive: effectiveDirective, blocked: blockedURI, sample });
  const listen = () => window.addEventListener("securitypolicyviolation", report);
  const open = Document.prototype.open;
  Document.prototype.open = function (...args) {
    const opened = open.apply(this, args);
    listen();
    return opened;
  };
  listen();
})();`;
