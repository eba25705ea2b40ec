/** The command lines that libraries make of a program's functions and classes. */
import type { Modules } from "../modules.js";
import type { ScopedCall } from "../python/module.js";
import type { CommandLine, SourceFiles } from "../reading.js";
import { abslLines } from "./absl.js";
import { clickLines } from "./click.js";
import { fireLines } from "./fire.js";
import { globalsLines, omegaconfLines } from "./globals.js";
import { hfArgumentParserLines } from "./hf-argument-parser.js";
import { hydraLines } from "./hydra/hydra.js";
import { jsonargparseLines } from "./jsonargparse.js";
import { lightningCliLines } from "./lightning-cli.js";
import { pyrallisLines } from "./pyrallis.js";
import { reachedCalls } from "./reached.js";
import { simpleParsingLines } from "./simple-parsing.js";
import { tapLines } from "./tap.js";
import { typerLines } from "./typer.js";
import { tyroLines } from "./tyro.js";

interface Reader {
  /** What a module that uses the library cannot do without. */
  readonly mark: RegExp;
  readonly read: (
    modules: Modules,
    calls: readonly ScopedCall[],
    files: SourceFiles,
  ) => readonly CommandLine[];
}

const readers: readonly Reader[] = [
  { mark: /click/, read: clickLines },
  { mark: /typer/, read: typerLines },
  { mark: /transformers/, read: hfArgumentParserLines },
  { mark: /hydra/, read: hydraLines },
  { mark: /jsonargparse/, read: jsonargparseLines },
  { mark: /LightningCLI/, read: lightningCliLines },
  { mark: /simple_parsing/, read: simpleParsingLines },
  { mark: /tyro/, read: tyroLines },
  { mark: /(?:from|import) tap\b/, read: tapLines },
  { mark: /pyrallis/, read: pyrallisLines },
  { mark: /fire/, read: fireLines },
  { mark: /absl/, read: abslLines },
  { mark: /from_cli/, read: omegaconfLines },
  { mark: /exec\(/, read: globalsLines },
];

/**
 * Every command line that the program reads by way of a library other than argparse. What its own file
 * makes goes before what is made in modules that it imports, which may have programs of their own.
 */
export function commandLinesOf(modules: Modules, files: SourceFiles): readonly CommandLine[] {
  const marked = readers.filter(({ mark }) => modules.all.some(({ text }) => mark.test(text)));
  if (marked.length === 0) return [];
  const reached = reachedCalls(modules);
  const read = (calls: readonly ScopedCall[]) =>
    marked.flatMap((reader) => reader.read(modules, calls, files));
  const own = read(reached.own);
  return own.length > 0 ? own : read([...reached.own, ...reached.imported()]);
}
