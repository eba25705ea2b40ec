/** The text editor that is shown: what is marked in it, offered and explained. */
import type { Locator, Page } from "playwright-core";

export interface TextEditor {
  /** The whole text that is in sight. */
  text(): Promise<string>;
  /** The text over each red line, from the top. */
  errors(): Promise<string[]>;
  /** The text over each red, yellow or blue line, from the top. */
  marked(): Promise<string[]>;
  /** What is offered while one types, each with what stands beside it. */
  readonly suggestions: Locator;
  readonly hover: Locator;
  /** Puts the cursor behind the last character. */
  goToEnd(): Promise<void>;
  /** A word in the text. */
  word(text: string): Locator;
}

export function textEditorOf(page: Page): TextEditor {
  const editor = page.locator(".editor-instance .monaco-editor").first();
  return {
    text: async () => {
      // Lines stand in the document in the order in which they were drawn.
      const lines: [number, string][] = await page.evaluate(
        `[...document.querySelectorAll(".editor-instance .view-line")].map((line) =>
          [line.getBoundingClientRect().top, line.textContent])`,
      );
      const sorted = lines.sort(([one], [other]) => one - other);
      return sorted.map(([, line]) => line.replaceAll("\u00a0", " ")).join("\n");
    },
    errors: () => page.evaluate(underlined(".squiggly-error")),
    marked: () => page.evaluate(underlined(".squiggly-error, .squiggly-warning, .squiggly-info")),
    suggestions: page.locator(".suggest-widget.visible .monaco-list-row"),
    hover: page.locator(".monaco-hover:visible"),
    goToEnd: async () => {
      await editor.click();
      await page.keyboard.press("ControlOrMeta+End");
    },
    word: (text) => editor.locator(".view-line span span", { hasText: text }).first(),
  };
}

/** The lines are boxes over the text, so a character belongs to one when its middle is in it. */
const underlined = (lines: string) => `(() => {
  const characters = [...document.querySelectorAll(".editor-instance .view-line")].flatMap((line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      for (let at = 0; at < node.data.length; at++) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { left, width, top, height } = range.getBoundingClientRect();
        found.push({ text: node.data[at], x: left + width / 2, y: top + height / 2 });
      }
    }
    return found;
  });
  return [...document.querySelectorAll(".editor-instance :is(${lines})")]
    .map((mark) => mark.getBoundingClientRect())
    .sort((one, other) => one.top - other.top)
    .map(({ left, right, top, bottom }) =>
      characters
        .filter(({ x, y }) => x >= left && x <= right && y >= top && y <= bottom)
        .map(({ text }) => text)
        .join("")
        .replaceAll("\\u00a0", " "),
    );
})()`;
