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

type Reader = (
  modules: Modules,
  calls: readonly ScopedCall[],
  files: SourceFiles,
) => readonly CommandLine[];

const readers: readonly Reader[] = [
  clickLines,
  typerLines,
  hfArgumentParserLines,
  hydraLines,
  jsonargparseLines,
  lightningCliLines,
  simpleParsingLines,
  tyroLines,
  tapLines,
  pyrallisLines,
  fireLines,
  abslLines,
  omegaconfLines,
  globalsLines,
];

/**
 * Every command line that the program reads by way of a library other than argparse. What its own file
 * makes goes before what is made in modules that it imports, which may have programs of their own.
 */
export function commandLinesOf(modules: Modules, files: SourceFiles): readonly CommandLine[] {
  const reached = reachedCalls(modules);
  const read = (calls: readonly ScopedCall[]) =>
    readers.flatMap((reader) => reader(modules, calls, files));
  const own = read(reached.own);
  return own.length > 0 ? own : read(reached.imported());
}
