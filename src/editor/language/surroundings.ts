/**
 * What is known around the sweep files that are open: looked for by another thread, and kept until
 * something of it changes. Whoever asks is answered at once with what was known last, and hears of
 * it when that has become something else.
 */
import path from "node:path";
import * as vscode from "vscode";
import { programWordsOf } from "../../engine/script-program.js";
import { nothingKnown, type Surroundings } from "../../language/surroundings.js";
import type { ScriptReading } from "../../script/reading.js";
import { defaultCommand } from "../../sweep/sweep.js";
import type { Log } from "../log.js";
import { Owner } from "../owner.js";
import { type Lookout, startLookout } from "./lookout.js";
import type { ReadDocument } from "./parsed-documents.js";

export interface KnownSurroundings extends vscode.Disposable {
  /** What is known by now. */
  of(document: vscode.TextDocument): Surroundings;
  /** What is known once the file has been looked around, for those who can wait. */
  whenKnown(document: vscode.TextDocument): Promise<Surroundings>;
  /** The open sweep files whose script was read from a file, by absolute path. */
  sweepsOf(source: string): readonly vscode.TextDocument[];
  /** Python programs at or below a folder, as sweep files in it would name them, the likeliest first. */
  programsIn(folder: string): Promise<readonly string[]>;
  /** What a script says of itself, where it can be read. */
  readScript(script: string): Promise<ScriptReading | undefined>;
  /** The studies of a sweep file have changed. */
  hint(sweepFile: string): void;
  /** Of the document whose surroundings became known, or others. */
  readonly onDidChange: vscode.Event<vscode.TextDocument>;
}

export interface SurroundingsOptions {
  readonly isSweep: (document: vscode.TextDocument) => boolean;
  readonly read: ReadDocument;
  /** The folder of the bundles. */
  readonly home: string;
  readonly log: Log;
}

interface Entry {
  surroundings: Surroundings;
  /** The id of the answer that they came with. */
  held: number | undefined;
  sources: readonly string[];
  /** What was asked with last: only other words, or a hint, make it worth to ask again. */
  words: string;
  due: NodeJS.Timeout | undefined;
  /** A look under way; `isStale` where something happened since that it may have missed. */
  looking: Promise<void> | undefined;
  isStale: boolean;
}

/** After the last keystroke or file event. */
const settleMs = 200;

export function keepSurroundings(options: SurroundingsOptions): KnownSurroundings {
  return new Keeper(options);
}

class Keeper implements KnownSurroundings {
  readonly #options: SurroundingsOptions;
  readonly #owner = new Owner();
  readonly #entries = new Map<vscode.TextDocument, Entry>();
  readonly #changed = this.#owner.own(new vscode.EventEmitter<vscode.TextDocument>());
  readonly #lookout: Lookout;
  #watchers = new Owner();
  #watched = "";
  readonly onDidChange = this.#changed.event;

  constructor(options: SurroundingsOptions) {
    this.#options = options;
    this.#lookout = this.#owner.own(startLookout(options.home, options.log));
    const { workspace } = vscode;
    // A new file may be the program that was missing, or a module that an import led nowhere to.
    const pythons = this.#owner.own(
      workspace.createFileSystemWatcher("**/*.py", false, true, false),
    );
    const hintAll = () => {
      for (const document of this.#entries.keys()) this.#hint(document);
    };
    this.#owner.own(pythons.onDidCreate(hintAll));
    this.#owner.own(pythons.onDidDelete(hintAll));
    this.#owner.own(workspace.onDidChangeTextDocument(({ document }) => this.#typed(document)));
    this.#owner.own(workspace.onDidCloseTextDocument((document) => this.#forget(document)));
    this.#owner.own({ dispose: () => this.#watchers.dispose() });
    this.#owner.own({
      dispose: () => {
        for (const document of [...this.#entries.keys()]) this.#forget(document);
      },
    });
  }

  of(document: vscode.TextDocument): Surroundings {
    return this.#entry(document).surroundings;
  }

  async whenKnown(document: vscode.TextDocument): Promise<Surroundings> {
    const entry = this.#entry(document);
    if (entry.due !== undefined || entry.looking === undefined) this.#look(document, entry);
    while (entry.looking !== undefined) await entry.looking;
    return entry.surroundings;
  }

  sweepsOf(source: string): readonly vscode.TextDocument[] {
    return [...this.#entries].flatMap(([document, { sources }]) =>
      sources.includes(source) ? [document] : [],
    );
  }

  async programsIn(folder: string): Promise<readonly string[]> {
    const uri = vscode.Uri.file(folder);
    const answer = await this.#lookout.look({
      sweepFile: path.join(folder, "sweep.yaml"),
      words: { program: undefined, command: defaultCommand, cwd: undefined },
      held: undefined,
      root: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath,
      unsaved: unsavedScripts(),
    });
    return answer?.surroundings?.programs ?? [];
  }

  async readScript(script: string): Promise<ScriptReading | undefined> {
    return (await this.#lookout.read({ script, unsaved: unsavedScripts() }))?.reading;
  }

  hint(sweepFile: string): void {
    for (const document of this.#entries.keys()) {
      if (document.uri.fsPath === sweepFile) this.#hint(document);
    }
  }

  dispose(): void {
    this.#owner.dispose();
  }

  /** Whoever asks for a document has it looked around from then on. */
  #entry(document: vscode.TextDocument): Entry {
    const known = this.#entries.get(document);
    if (known !== undefined) return known;
    const entry: Entry = {
      surroundings: nothingKnown,
      held: undefined,
      sources: [],
      words: "",
      due: undefined,
      looking: undefined,
      isStale: false,
    };
    this.#entries.set(document, entry);
    this.#look(document, entry);
    return entry;
  }

  #typed(document: vscode.TextDocument): void {
    const entry = this.#entries.get(document);
    if (entry !== undefined) this.#soon(document, entry, false);
    if (document.languageId === "python") {
      for (const sweep of this.sweepsOf(document.uri.fsPath)) this.#hint(sweep);
    }
  }

  #hint(document: vscode.TextDocument): void {
    const entry = this.#entries.get(document);
    if (entry === undefined) return;
    entry.isStale = true;
    this.#soon(document, entry, true);
  }

  #soon(document: vscode.TextDocument, entry: Entry, isHint: boolean): void {
    clearTimeout(entry.due);
    entry.due = setTimeout(() => {
      entry.due = undefined;
      if (isHint || entry.isStale || this.#wordsOf(document) !== entry.words) {
        this.#look(document, entry);
      }
    }, settleMs);
  }

  #wordsOf(document: vscode.TextDocument): string {
    return JSON.stringify(programWordsOf(this.#options.read(document)));
  }

  /** At most one look at a time for a document, and another after it where that one came too early. */
  #look(document: vscode.TextDocument, entry: Entry): void {
    clearTimeout(entry.due);
    entry.due = undefined;
    if (entry.looking !== undefined) {
      entry.isStale = true;
      return;
    }
    entry.isStale = false;
    entry.looking = this.#lookNow(document, entry).finally(() => {
      entry.looking = undefined;
      if (entry.isStale && this.#entries.get(document) === entry) this.#look(document, entry);
    });
    this.#options.log.handOver("Looking around a sweep file", entry.looking);
  }

  async #lookNow(document: vscode.TextDocument, entry: Entry): Promise<void> {
    if (!this.#options.isSweep(document)) return;
    const words = programWordsOf(this.#options.read(document));
    entry.words = JSON.stringify(words);
    const answer = await this.#lookout.look({
      sweepFile: document.uri.fsPath,
      words,
      held: entry.held,
      root: vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath,
      unsaved: unsavedScripts(),
    });
    if (answer === undefined || this.#entries.get(document) !== entry) return;
    entry.held = answer.id;
    entry.sources = answer.sources;
    this.#watch();
    if (answer.surroundings === undefined) return;
    entry.surroundings = answer.surroundings;
    this.#changed.fire(document);
  }

  /** The files that scripts were read from, each by its own path: wherever it lies, and nothing else. */
  #watch(): void {
    const files = [
      ...new Set([...this.#entries.values()].flatMap(({ sources }) => sources)),
    ].sort();
    if (files.join("\n") === this.#watched) return;
    this.#watched = files.join("\n");
    this.#watchers.dispose();
    this.#watchers = new Owner();
    for (const file of files) {
      const pattern = new vscode.RelativePattern(
        vscode.Uri.file(path.dirname(file)),
        path.basename(file),
      );
      const watcher = this.#watchers.own(vscode.workspace.createFileSystemWatcher(pattern));
      const hint = () => {
        for (const sweep of this.sweepsOf(file)) this.#hint(sweep);
      };
      this.#watchers.own(watcher.onDidChange(hint));
      this.#watchers.own(watcher.onDidCreate(hint));
      this.#watchers.own(watcher.onDidDelete(hint));
    }
  }

  #forget(document: vscode.TextDocument): void {
    const entry = this.#entries.get(document);
    if (entry === undefined) return;
    clearTimeout(entry.due);
    this.#entries.delete(document);
    this.#watch();
  }
}

/** Python files whose text in the editor is not the one on disk. */
function unsavedScripts(): ReadonlyMap<string, string> {
  return new Map(
    vscode.workspace.textDocuments
      .filter(
        ({ isDirty, languageId, uri }) =>
          isDirty && languageId === "python" && uri.scheme === "file",
      )
      .map((document) => [document.uri.fsPath, document.getText()]),
  );
}
