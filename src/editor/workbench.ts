/**
 * What opens behind the front door: everything that needs the engine, the parser or the panel.
 */
import * as vscode from "vscode";
import { adoptStudies } from "./adoption.js";
import { registerTellLost } from "./authoring.js";
import { registerBoards } from "./board/boardPanel.js";
import { createBoardHost } from "./board-host.js";
import { commandTable } from "./command-table.js";
import type { Commands } from "./commands.js";
import { Conducting } from "./conducting.js";
import { keepContextKeys } from "./context-keys.js";
import { registerDocuments } from "./documents.js";
import { editorDoor } from "./door.js";
import { tellEnding } from "./endings.js";
import { registerGuide } from "./guide-documents.js";
import { registerLanguage } from "./language/register.js";
import { errorsOf } from "./language/sweeps.js";
import { lensStudies } from "./lens-studies.js";
import { createLog, type Log } from "./log.js";
import { Owner } from "./owner.js";
import { Refusal } from "./refusal.js";
import { createRunning } from "./running.js";
import { createShowing } from "./showing.js";
import { showStatus } from "./status.js";
import { Studies } from "./studies.js";
import { type StudyNode, StudyTree } from "./study-tree.js";
import { isSweep } from "./sweep-files.js";
import { createTasks, type SweepTasks } from "./tasks.js";
import { watchTerminals } from "./terminals.js";

export interface Workbench {
  readonly commands: Commands;
  readonly tasks: SweepTasks;
  readonly tree: StudyTree;
  /** Lets go of what this window conducts; trials run on. */
  close(): Promise<void>;
}

/** What it registers is disposed of with the extension. */
export async function openWorkbench(
  context: vscode.ExtensionContext,
  view: vscode.TreeView<StudyNode>,
): Promise<Workbench> {
  const owner = new Owner();
  context.subscriptions.push(owner);
  const log = createLog(owner.own(vscode.window.createOutputChannel("Sweepdeck", { log: true })));
  const home = context.asAbsolutePath("dist");
  const tasks = createTasks(home, log);
  const door = (sweepFile: string) => editorDoor(home, tasks, sweepFile);
  const { conducting, studies } = openStudies(context, owner, log, door);
  const tree = owner.own(new StudyTree(studies, log));
  const showing = createShowing(studies);
  const openBoard = (key: string | undefined, trial?: number) => {
    const opened = boards.open(trial === undefined ? { key } : { key, trial });
    log.handOver("Opening the leaderboard", opened);
  };
  const language = { isSweep, studies: owner.own(lensStudies(studies)), home, log };
  const { sweeps } = owner.own(registerLanguage(language));
  const errorsIn = (sweepFile: string) => errorsOf(sweeps, sweepFile);
  const running = createRunning({ log, studies, conducting, tasks, door, errorsIn, openBoard });
  const command = async (id: string) => void (await vscode.commands.executeCommand(id));
  const host = createBoardHost({ log, studies, running, showing, command });
  const boards = owner.own(registerBoards(context, host));
  log.handOver("Reviving the leaderboards", boards.reviveBoards());
  owner.own(registerDocuments(studies));
  owner.own(showStatus(studies));
  owner.own(keepContextKeys(studies, log));
  owner.own(registerGuide());
  owner.own(registerTellLost());
  owner.own(watchTerminals(studies, log));
  owner.own(watchView(view, studies));
  owner.own(adoptStudies(studies, conducting, log));
  const commands = commandTable({
    log,
    studies,
    running,
    showing,
    surroundings: sweeps.known,
    extension: context.extensionUri,
    boardsInSight: boards.inSight,
    openBoard,
  });
  log.channel.info(`Sweepdeck ${context.extension.packageJSON.version} is ready.`);
  return { commands, tasks, tree, close: () => conducting.close() };
}

/** The studies, and those of them that this window conducts: each tells the other what happens. */
function openStudies(
  context: vscode.ExtensionContext,
  owner: Owner,
  log: Log,
  door: (sweepFile: string) => ReturnType<typeof editorDoor>,
): { readonly conducting: Conducting; readonly studies: Studies } {
  const conducting = new Conducting({
    log,
    async door(key) {
      const study = studies.study(key) ?? studies.add(key);
      if (study === undefined) throw new Refusal(`The study ${key} is gone.`);
      return door(study.sweepFile);
    },
  });
  const studies = owner.own(
    new Studies({
      log,
      memory: context.workspaceState,
      conducted: (key) => conducting.conducted(key),
    }),
  );
  owner.own(conducting);
  owner.own(conducting.onDidChange((key) => studies.hint(key)));
  owner.own(
    conducting.onDidEnd((ending) =>
      log.handOver("Telling how the sweep ended", tellEnding(studies, ending)),
    ),
  );
  return { conducting, studies };
}

/** While the tree is shown, studies that do not run are looked after too. */
function watchView(view: vscode.TreeView<unknown>, studies: Studies): vscode.Disposable {
  const owner = new Owner();
  let looking: vscode.Disposable | undefined;
  const follow = (visible: boolean) => {
    looking?.dispose();
    looking = visible ? studies.lookOn() : undefined;
  };
  owner.own(view.onDidChangeVisibility(({ visible }) => follow(visible)));
  owner.own({ dispose: () => follow(false) });
  follow(view.visible);
  return owner;
}
