/** What the editor asks of the thread that looks around sweep files, and what that answers. */
import type { Surroundings } from "../language/surroundings.js";
import type { ScriptReading } from "../script/reading.js";
import type { ProgramWords } from "./script-program.js";

export interface LookRequest {
  readonly kind: "look";
  readonly id: number;
  readonly sweepFile: string;
  readonly words: ProgramWords;
  readonly root: string | undefined;
  /** The id of the answer that whoever asks holds; undefined where none. */
  readonly held: number | undefined;
  readonly unsaved: ReadonlyMap<string, string>;
}

/** What a script says of itself, without a sweep. */
export interface ReadRequest {
  readonly kind: "read";
  readonly id: number;
  readonly script: string;
  readonly unsaved: ReadonlyMap<string, string>;
}

export type SurroundingsRequest = LookRequest | ReadRequest;

export interface LookAnswer {
  readonly kind: "look";
  readonly id: number;
  /** Absent: they are those of the answer that is held. */
  readonly surroundings?: Surroundings;
  /** Absolute paths of the files that the script was read from. */
  readonly sources: readonly string[];
}

export interface ReadAnswer {
  readonly kind: "read";
  readonly id: number;
  /** Absent where the script cannot be read. */
  readonly reading?: ScriptReading;
}

/** A defect of ours, met with in one request; the next one is answered all the same. */
export interface FailedAnswer {
  readonly kind: "failed";
  readonly id: number;
  readonly reason: string;
}

export type SurroundingsAnswer = LookAnswer | ReadAnswer | FailedAnswer;
