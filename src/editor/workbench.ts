/**
 * What opens behind the front door: everything that needs the engine, the parser or the panel.
 */
import * as vscode from "vscode";
import type { Commands } from "./commands.js";

export interface Workbench {
  readonly commands: Commands;
}

/** What it registers is disposed of with the extension. */
export async function openWorkbench(context: vscode.ExtensionContext): Promise<Workbench> {
  const log = vscode.window.createOutputChannel("Sweepdeck", { log: true });
  context.subscriptions.push(log);
  log.info(`Sweepdeck ${context.extension.packageJSON.version} is ready.`);
  return { commands: { "sweepdeck.showLog": () => log.show() } };
}
