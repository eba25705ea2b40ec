/**
 * The studies of the workspace, as their files tell them.
 *
 * Watchers and the conductors of this window say when to look; a poll looks all the same while
 * something runs or is shown, because watchers miss events (network file systems, containers,
 * excluded folders).
 */
import { existsSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { studiesFolder, studiesIn } from "../study/folder.js";
import { studyFilePath } from "../study/study-file.js";
import { openStudy, type StudyView } from "../study/study-view.js";
import { rememberedFolders, rememberFolders } from "./known-folders.js";
import type { Log } from "./log.js";
import { Owner } from "./owner.js";
import { type Conducted, pictureOf, type StudyPicture } from "./study-picture.js";

export interface StudiesOptions {
  readonly log: Log;
  readonly memory: vscode.Memento;
  /** What this window knows of a study that it conducts; undefined for the others. */
  conducted(key: string): Conducted | undefined;
}

interface Entry {
  readonly view: StudyView;
  picture: StudyPicture;
  /** A look that is due, so that what happens meanwhile needs no other. */
  due: NodeJS.Timeout | undefined;
}

const settleMs = 150;
const pollEveryMs = 1500;

export class Studies implements vscode.Disposable {
  readonly #options: StudiesOptions;
  readonly #owner = new Owner();
  readonly #entries = new Map<string, Entry>();
  /** The folders in which studies were found, in this session and those before. */
  readonly #folders = new Set<string>();
  readonly #changed = this.#owner.own(new vscode.EventEmitter<string>());
  #watchers = new Owner();
  #lookers = 0;
  /** A study changed, came or went; its key. At most every 150 ms for one study, the last change kept. */
  readonly onDidChange = this.#changed.event;

  constructor(options: StudiesOptions) {
    this.#options = options;
    for (const folder of rememberedFolders(options.memory)) this.#addFolder(folder);
    const poll = setInterval(() => this.#poll(), pollEveryMs);
    this.#owner.own({ dispose: () => clearInterval(poll) });
    this.#owner.own(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#enterWorkspace()));
    this.#enterWorkspace();
  }

  /** The newest first. */
  get all(): readonly StudyPicture[] {
    return [...this.#entries.values()]
      .map(({ picture }) => picture)
      .sort((a, b) => b.createdAtMs - a.createdAtMs);
  }

  study(key: string): StudyPicture | undefined {
    return this.#entries.get(key)?.picture;
  }

  /** The studies of a sweep file, the newest first. */
  ofSweep(sweepFile: string): readonly StudyPicture[] {
    return this.all.filter((study) => study.sweepFile === sweepFile);
  }

  /** Something may have changed. The look comes soon, and once for all hints until then. */
  hint(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) this.add(key);
    else if (entry.due === undefined) entry.due = setTimeout(() => this.look(key), settleMs);
  }

  /** Takes in a study that was made a moment ago, or that somebody names by its folder. */
  add(key: string): StudyPicture | undefined {
    this.#take(key);
    return this.study(key);
  }

  /** Takes in the studies beside a sweep file. */
  enter(sweepFile: string): void {
    this.#addFolder(path.join(path.dirname(sweepFile), studiesFolder));
  }

  /** Looks through the whole workspace, which is done when somebody wants to see all there is. */
  async discover(): Promise<void> {
    const found = await vscode.workspace.findFiles(
      `**/${studiesFolder}/*/study.json`,
      "**/{node_modules,.venv,venv}/**",
    );
    for (const folder of new Set(found.map(({ fsPath }) => path.resolve(fsPath, "../..")))) {
      this.#addFolder(folder);
    }
  }

  /** While it is held, studies that do not run are polled too: somebody looks at them. */
  lookOn(): vscode.Disposable {
    this.#lookers += 1;
    return new vscode.Disposable(() => {
      this.#lookers -= 1;
    });
  }

  dispose(): void {
    for (const { due } of this.#entries.values()) clearTimeout(due);
    this.#entries.clear();
    this.#watchers.dispose();
    this.#owner.dispose();
  }

  #enterWorkspace(): void {
    this.#watchers.dispose();
    this.#watchers = new Owner();
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      this.#addFolder(path.join(uri.fsPath, studiesFolder));
      const files = `**/${studiesFolder}/*/{study.json,state.json,journal.log,annotations.json}`;
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(uri, files),
      );
      const hint = (file: vscode.Uri) => this.hint(path.dirname(file.fsPath));
      watcher.onDidCreate(hint);
      watcher.onDidChange(hint);
      watcher.onDidDelete(hint);
      this.#watchers.own(watcher);
    }
  }

  #addFolder(folder: string): void {
    for (const key of studiesIn(folder)) this.#take(key);
  }

  #take(key: string): void {
    if (this.#entries.has(key)) return;
    const opening = openStudy(key);
    // A folder that is no study yet is asked again when its study.json comes.
    if ("problem" in opening) {
      if (opening.problem.code !== "no-study") {
        this.#options.log.channel.warn(`${key}: ${opening.problem.code}`);
      }
      return;
    }
    const { study: view } = opening;
    const picture = pictureOf(view, this.#options.conducted(key));
    this.#entries.set(key, { view, picture, due: undefined });
    this.#remember(path.dirname(key));
    this.#changed.fire(key);
  }

  /** Looks now. */
  look(key: string): StudyPicture | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return this.add(key);
    clearTimeout(entry.due);
    entry.due = undefined;
    if (!existsSync(studyFilePath(key))) {
      this.#entries.delete(key);
      this.#changed.fire(key);
      return undefined;
    }
    entry.view.refresh();
    const picture = pictureOf(entry.view, this.#options.conducted(key));
    if (isSame(picture, entry.picture)) return entry.picture;
    entry.picture = picture;
    this.#changed.fire(key);
    return picture;
  }

  #poll(): void {
    for (const [key, { picture, due }] of this.#entries) {
      const isLive = picture.state === "running" || picture.conductor !== "nobody";
      if (due === undefined && (isLive || this.#lookers > 0)) this.look(key);
    }
  }

  #remember(folder: string): void {
    if (this.#folders.has(folder)) return;
    this.#folders.add(folder);
    this.#options.log.handOver(
      "Remembering the folders of studies",
      rememberFolders(this.#options.memory, [...this.#folders]),
    );
  }
}

function isSame(a: StudyPicture, b: StudyPicture): boolean {
  return (
    a.trials === b.trials &&
    a.state === b.state &&
    a.reason === b.reason &&
    a.cap === b.cap &&
    a.activeMs === b.activeMs &&
    a.conductor === b.conductor &&
    a.conductorName === b.conductorName &&
    a.slots.join() === b.slots.join() &&
    [...a.starred].join() === [...b.starred].join()
  );
}
