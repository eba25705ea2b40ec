/**
 * The board's panels in the editor: opened beside it, restored after a reload, and opened again
 * in place after the extension host died.
 */
import { randomBytes, randomUUID } from "node:crypto";
import * as vscode from "vscode";
import * as z from "zod/mini";
import { boardView } from "../../protocol.js";
import type { BoardHost } from "./boardHost.js";
import { boardHtml } from "./boardHtml.js";
import { BoardSession } from "./boardSession.js";

export const boardViewType = "sweepdeck.board";
const rememberedKey = "sweepdeck.boards";
/** How long after activation VS Code may take to hand restored panels over. */
const claimWithinMs = 3000;

/** What is kept of open boards, for a tab says nothing of its study but its title. */
interface Remembered {
  readonly session: string;
  readonly boards: readonly { readonly title: string; readonly key: string }[];
}

export interface OpenBoard {
  /** The study's folder; undefined shows how to come to one. */
  readonly key: string | undefined;
  /** A trial to select and show. */
  readonly trial?: number;
  readonly column?: vscode.ViewColumn;
}

/** The studies of the boards that the reader can see, by their folders. */
export interface BoardsInSight {
  /** Of the board that has the keyboard. */
  readonly focused: string | undefined;
  readonly visible: readonly string[];
}

export interface Boards extends vscode.Disposable {
  inSight(): BoardsInSight;
  /** Shows a study's board: the panel that it has already, else a new one beside the editor. */
  open(board: OpenBoard): Promise<void>;
  /**
   * Closes the tabs that a dead extension host left on screen, and opens their boards in the same
   * places. To be called once, when `BoardHost.study` answers.
   */
  reviveBoards(): Promise<void>;
}

/** Registers the restoring of panels, which VS Code asks for as soon as the extension is active. */
export function registerBoards(context: vscode.ExtensionContext, host: BoardHost): Boards {
  const instance = randomUUID();
  const panels = new Map<vscode.WebviewPanel, BoardSession>();
  const atActivation = remembered(context);

  function remember(): void {
    const boards = [...panels].map(([{ title }, { key }]) => ({ title, key }));
    void context.workspaceState.update(rememberedKey, { session: vscode.env.sessionId, boards });
  }

  function adopt(panel: vscode.WebviewPanel, key: string): void {
    const session = openSession(panel, host, instance, key);
    panels.set(panel, session);
    const title = (): void => retitle(panel, host, session.key);
    const renamed = host.onDidChange((changed) => changed === session.key && title());
    panel.onDidChangeViewState(() => session.visibilityChanged());
    panel.onDidDispose(() => {
      renamed.dispose();
      session.dispose();
      panels.delete(panel);
      remember();
    });
    title();
    // Last, for a page that speaks before anyone listens is never heard.
    panel.webview.html = pageFor(panel.webview, context.extensionUri);
    remember();
  }

  function showing(key: string): [vscode.WebviewPanel, BoardSession] | undefined {
    return [...panels].find(([, session]) => session.key === key);
  }

  function create(key: string, column: vscode.ViewColumn | undefined): BoardSession | undefined {
    const place = { viewColumn: column ?? vscode.ViewColumn.Beside, preserveFocus: true };
    const root = vscode.Uri.joinPath(context.extensionUri, "dist/webview");
    const options = optionsFor(root);
    const panel = vscode.window.createWebviewPanel(boardViewType, "Leaderboard", place, options);
    adopt(panel, key);
    return panels.get(panel);
  }

  async function open({ key = "", trial, column }: OpenBoard): Promise<void> {
    if (key !== "") await host.load(key);
    // A board that has no study yet was waiting for this one.
    const [panel, there] = showing(key) ?? showing("") ?? [];
    const session = there ?? create(key, column);
    if (panel !== undefined && there !== undefined) {
      there.show(key);
      retitle(panel, host, key);
      remember();
      panel.reveal(column, true);
    }
    if (trial !== undefined) session?.reveal(trial);
  }

  const serializer = vscode.window.registerWebviewPanelSerializer(boardViewType, {
    async deserializeWebviewPanel(panel, state: unknown) {
      const key = keyIn(state);
      // The folder of the extension moves with its version, and with it what the page may load.
      panel.webview.options = optionsFor(vscode.Uri.joinPath(context.extensionUri, "dist/webview"));
      if (key !== "" && !(await host.load(key))) panel.dispose();
      else adopt(panel, key);
    },
  });

  return {
    inSight() {
      const visible = [...panels].filter(([panel]) => panel.visible);
      const focused = visible.find(([panel]) => panel.active)?.[1].key;
      return { focused, visible: visible.map(([, { key }]) => key) };
    },
    open,
    reviveBoards: async () => {
      const tabs = await orphans(panels, atActivation.session === vscode.env.sessionId);
      for (const tab of tabs) {
        const column = tab.group.viewColumn;
        const key = atActivation.boards.find(({ title }) => title === tab.label)?.key;
        await vscode.window.tabGroups.close(tab, true);
        await open({ key, column });
      }
    },
    dispose: () => {
      serializer.dispose();
      // Not the panels: what an ending host closes, VS Code does not restore after a reload.
      for (const session of panels.values()) session.dispose();
    },
  };
}

function openSession(
  panel: vscode.WebviewPanel,
  host: BoardHost,
  instance: string,
  key: string,
): BoardSession {
  const page = {
    // Resolves to false for a page that is gone, which says `ready` when it is back.
    post: (message: unknown): void => void panel.webview.postMessage(message),
    get visible(): boolean {
      return panel.visible;
    },
    copyText: async (text: string): Promise<void> => vscode.env.clipboard.writeText(text),
  };
  const session = new BoardSession(host, page, instance, key);
  panel.webview.onDidReceiveMessage((message: unknown) => session.receive(message));
  return session;
}

function optionsFor(root: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [root] };
}

function pageFor(webview: vscode.Webview, extension: vscode.Uri): string {
  const script = vscode.Uri.joinPath(extension, "dist/webview/board.js");
  return boardHtml({
    scriptUri: webview.asWebviewUri(script).toString(),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString("base64url"),
  });
}

function retitle(panel: vscode.WebviewPanel, host: BoardHost, key: string): void {
  const title = host.study(key)?.name ?? "Leaderboard";
  if (panel.title !== title) panel.title = title;
}

function keyIn(state: unknown): string {
  const parsed = z.object({ view: boardView }).safeParse(state);
  return parsed.success ? parsed.data.view.study : "";
}

function remembered(context: vscode.ExtensionContext): Remembered {
  const shape = z.object({
    session: z.string(),
    boards: z.array(z.object({ title: z.string(), key: z.string() })),
  });
  const parsed = shape.safeParse(context.workspaceState.get(rememberedKey));
  return parsed.success ? parsed.data : { session: "", boards: [] };
}

/**
 * The tabs of boards that nobody drives. In the session in which they were opened, all that are
 * not ours are a dead host's. In another session the window was loaded anew: VS Code hands over
 * each panel as it comes into sight, so only one that is in sight and stays unclaimed is dead.
 */
async function orphans(
  panels: ReadonlyMap<vscode.WebviewPanel, unknown>,
  sameSession: boolean,
): Promise<vscode.Tab[]> {
  if (boardTabs().length === 0) return [];
  if (!sameSession) await new Promise((resolve) => setTimeout(resolve, claimWithinMs));
  const ours = [...panels.keys()];
  return boardTabs().filter(
    (tab) =>
      (sameSession || tab.isActive) &&
      !ours.some((panel) => panel.viewColumn === tab.group.viewColumn && panel.title === tab.label),
  );
}

function boardTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isBoard);
}

export function isBoard({ input }: vscode.Tab): boolean {
  // VS Code puts the name of a process before the type of the panel.
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(boardViewType);
}
