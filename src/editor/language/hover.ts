/** What a sweep file means, under the mouse. */
import * as vscode from "vscode";
import { hoverAt } from "../../language/hover.js";
import type { Theme } from "../../language/svg.js";
import { rangeIn } from "./position.js";
import type { Sweeps } from "./sweeps.js";

/** What the pictures are drawn for. */
const themes: Readonly<Record<vscode.ColorThemeKind, Theme>> = {
  [vscode.ColorThemeKind.Light]: "light",
  [vscode.ColorThemeKind.Dark]: "dark",
  [vscode.ColorThemeKind.HighContrast]: "highContrast",
  [vscode.ColorThemeKind.HighContrastLight]: "highContrastLight",
};

export function hoverProvider(sweeps: Sweeps): vscode.HoverProvider {
  return {
    provideHover(document, position) {
      if (!sweeps.isSweep(document)) return undefined;
      const parsed = sweeps.read(document);
      const hover = hoverAt(
        parsed.document,
        document.offsetAt(position),
        sweeps.around(document),
        themes[vscode.window.activeColorTheme.kind],
      );
      if (hover === undefined) return undefined;
      return new vscode.Hover(
        new vscode.MarkdownString(hover.markdown),
        rangeIn(document, hover.range),
      );
    },
  };
}
