/**
 * What a training script says of itself, without having been run: the options it takes, the keys it
 * reads from `wandb.config`, the metrics it reports. Everything is a finding with a place, and what
 * could not be followed is a finding too: what is said to the user follows what is proven here.
 */

/** A value as JSON, as far as a script writes one down. */
export type Literal =
  | null
  | boolean
  | number
  | string
  | readonly Literal[]
  | { readonly [key: string]: Literal };

/** Offsets are UTF-16 code units of the file's text, `line` is zero-based. */
export interface SourcePlace {
  /** As the reader of files was asked for it. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export interface ScriptReading {
  readonly program: string;
  /** Every file that was read, the program first. */
  readonly files: readonly string[];
  /** The ways in which the program takes its command line; most have one, those with a switch several. */
  readonly commandLines: readonly CommandLine[];
  readonly config: ConfigUse;
  readonly metrics: MetricReports;
  /**
   * Every identifier, attribute, keyword and word-like string of the files: a name that is not among
   * them is read nowhere.
   */
  readonly words: ReadonlySet<string>;
  /** Whether anything that was reached reads the command line: a parser, or `sys.argv` itself. */
  readonly readsArguments: boolean;
  /** Whether arguments are gone through by hand, or handed on to another program, beside the parsers. */
  readonly usesRawArguments?: boolean;
  /** Where the script starts an agent of its own: it is run as it is, and sweeps itself. */
  readonly startsAgent?: SourcePlace;
  /** What could not be followed: imports that lead out of the workspace do not count. */
  readonly gaps: readonly Gap[];
}

export interface Gap {
  readonly place: SourcePlace;
  readonly why:
    | "syntax-error"
    | "computed-import"
    | "executes-text"
    | "too-many-files"
    | "options-computed"
    | "options-from-library"
    | "options-from-file"
    | "parser-passed-on"
    | "config-missing";
  /** Where only names below this one are in doubt: `trainer` for `trainer.max_epochs`. */
  readonly prefix?: string;
}

export type Library =
  | "argparse"
  | "click"
  | "typer"
  | "hf-argument-parser"
  | "simple-parsing"
  | "tyro"
  | "tap"
  | "pyrallis"
  | "fire"
  | "hydra"
  | "jsonargparse"
  | "absl"
  | "omegaconf"
  /** A script's own globals, set by executing a text that reads the arguments. */
  | "globals";

export interface CommandLine {
  readonly library: Library;
  readonly place: SourcePlace;
  readonly options: readonly Option[];
  /** Whether an option that it does not know ends the program. */
  readonly refusesUnknown: boolean;
  /** Empty: every option is among `options`. */
  readonly gaps: readonly Gap[];
  /** Whether `-` and `_` are the same in a name. */
  readonly hyphens: "exact" | "either";
  /** Whether a beginning that only one option has stands for it. */
  readonly abbreviations: boolean;
  /** What it takes: `--name=value`, or `name=value` as Hydra does. */
  readonly style: "hyphens" | "overrides";
  readonly commands: readonly Subcommand[];
  /** Of Hydra's apps: the configuration that the script names, which `--config-name` may replace. */
  readonly configuration?: string;
}

export interface Subcommand {
  readonly name: string;
  readonly commandLine: CommandLine;
}

export interface Option {
  /** What the script calls the value: `learning_rate`, or `optim.lr`. */
  readonly name: string;
  /** As they are passed: `--lr`, `--learning-rate`; for overrides the key itself. */
  readonly spellings: readonly string[];
  readonly takes: Takes;
  /** Absent: none, or not written as a literal. */
  readonly default?: Literal;
  readonly choices?: readonly Literal[];
  readonly help?: string;
  readonly isRequired: boolean;
  /** Whether it reads the text `None` as None; most refuse it, or take it for text. */
  readonly readsNone?: boolean;
  /** Whether the bare name may do without the value that it takes. */
  readonly mayBeBare?: boolean;
  /** Where it exists only for some choices of another option: for any of these. */
  readonly onlyWith?: readonly OptionChoice[];
  readonly place: SourcePlace;
}

/** Another option, set to this value. */
export interface OptionChoice {
  readonly name: string;
  readonly value: string;
}

/** What an option makes of `--name=text`. */
export type Takes =
  | { readonly kind: "text" }
  | { readonly kind: "integer" }
  | { readonly kind: "number" }
  /** Refuses any value: `--name` alone says it, and sets `sets`. */
  | { readonly kind: "flag"; readonly sets: boolean; readonly negation?: string }
  /** `any-text`: `False` is read as true, as argparse's `type=bool` does. */
  | { readonly kind: "boolean"; readonly reads: "words" | "any-text" }
  | { readonly kind: "list"; readonly of: Takes }
  /** A converter that only the script knows. */
  | { readonly kind: "unknown" };

/** How the script reads `wandb.config`. */
export interface ConfigUse {
  readonly isRead: boolean;
  readonly keys: readonly ConfigKey[];
  /** Where it is passed on whole, so that other keys may be read out of sight. */
  readonly passedOn: readonly SourcePlace[];
}

export interface ConfigKey {
  /** With dots where keys are nested. */
  readonly name: string;
  /** From `wandb.init(config={...})`, `setdefaults` or `config.get(key, default)`. */
  readonly default?: Literal;
  readonly place: SourcePlace;
}

export interface MetricReports {
  readonly reported: readonly ReportedMetric[];
  /** Where names are composed, or a library composes them: others may be reported too. */
  readonly open: readonly SourcePlace[];
}

export interface ReportedMetric {
  /** Text, with `null` for each part that only a run knows: `["val/", null]`. */
  readonly name: readonly (string | null)[];
  readonly by: string;
  readonly place: SourcePlace;
}

/** Gives a file's text, or undefined where there is none; never throws. */
export interface SourceFiles {
  read(path: string): string | undefined;
  /** Names in a folder, folders with a slash behind them; empty where there is none. */
  list(folder: string): readonly string[];
}
