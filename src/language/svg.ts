/** Small pictures for Markdown: SVG in text, in the colours of the reader's theme. */

/** What the reader's editor looks like; `any` is legible on all of them. */
export type Theme = "light" | "dark" | "highContrast" | "highContrastLight" | "any";

export interface Palette {
  readonly text: string;
  readonly faint: string;
  readonly bar: string;
  /** What is pointed out among the bars: told by its shape and its word too. */
  readonly mark: string;
}

/** Text has a contrast of 4.5 and more to the hovers of VS Code's own themes, but in `any`: 4. */
export const palettes: Readonly<Record<Theme, Palette>> = {
  light: { text: "#3b3b3b", faint: "#6b6b6b", bar: "#1a85ff", mark: "#a1260d" },
  dark: { text: "#cccccc", faint: "#9d9d9d", bar: "#3794ff", mark: "#f9b17a" },
  highContrast: { text: "#ffffff", faint: "#ffffff", bar: "#6fc3df", mark: "#ffff00" },
  highContrastLight: { text: "#292929", faint: "#292929", bar: "#0f4a85", mark: "#8a1f0c" },
  any: { text: "#7d7d7d", faint: "#7d7d7d", bar: "#3d85c6", mark: "#c0621b" },
};

export type Attributes = Readonly<Record<string, string | number>>;

/** Values are escaped; what is inside is markup. */
export function element(name: string, attributes: Attributes, inside = ""): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const opening = `<${name}${written.join("")}`;
  return inside === "" ? `${opening}/>` : `${opening}>${inside}</${name}>`;
}

/** Text at a place. */
export function label(at: Attributes, text: string): string {
  return element("text", at, escaped(text));
}

/** Lengths in pixels. */
export function picture(width: number, height: number, inside: readonly string[]): string {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "font-family": "system-ui, sans-serif",
    "font-size": 11,
  };
  return element("svg", attributes, inside.join(""));
}

/** `alternative`: what is read aloud, and shown where pictures are not. */
export function markdownImage(svg: string, alternative: string): string {
  const bytes = new TextEncoder().encode(svg);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return `![${alternative.replaceAll(/[[\]\\\n]/g, " ")}](data:image/svg+xml;base64,${btoa(binary)})`;
}

/** A tenth of a pixel is enough. */
export function px(length: number): number {
  return Math.round(length * 10) / 10;
}

function escaped(value: string | number): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return (
    String(value)
      .replaceAll(/[&<>"]/g, (character) => entities[character] ?? "")
      // Not allowed in XML, even as entities.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
      .replaceAll(/[\u0000-\u001f\ud800-\udfff\ufffe\uffff]/g, (character) =>
        /[\ud800-\udfff]/.test(character) ? character : " ",
      )
  );
}
