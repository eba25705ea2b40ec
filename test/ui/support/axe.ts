/** What axe finds wrong with a page, or with the page inside a webview. */
import axe from "axe-core";
import type { Frame, Page } from "playwright-core";

/** The serious and critical findings, each with where it was found and what to do. */
export async function seriousFindings(page: Page | Frame): Promise<string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
    );
}
