/**
 * What the runner shows: our own lines and, between them, what the trials print, byte for byte.
 *
 * A terminal is a courtesy. It may block (Ctrl-S), or be gone (EIO, EPIPE), and the trials go on:
 * what is to be shown waits here as places in files, never as text in memory.
 */
import { closeSync, openSync, readSync } from "node:fs";
import type { Writable } from "node:stream";
import { errorCode } from "../study/files.js";

export interface Terminal {
  /** One line of our own, after what was shown before. */
  line(text: string, style?: "header" | "warning"): void;
  /** Shows what is in a file, and what is added to it, until `end` is called. */
  follow(file: string): Followed;
  /** Writes what there is and the terminal takes. */
  pump(): void;
  /** Resolves when all is shown, or after `limitMs`. */
  flush(limitMs: number): Promise<void>;
}

export interface Followed {
  /** The file is complete; what is still unseen of it is shown in its turn. */
  end(): void;
}

type Segment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "file"; readonly file: string; offset: number; isComplete: boolean };

const chunkBytes = 64 * 1024;
const styles = { header: "\u001b[1;36m", warning: "\u001b[33m" } as const;

export interface TerminalOptions {
  readonly stream: Writable;
  readonly hasColour: boolean;
  /** Each header begins a command for VS Code's terminal, which then scrolls from one to the next. */
  readonly marksCommands: boolean;
  /** Called when the stream takes more after it took none. */
  readonly onReady: () => void;
}

/** Sequences of VS Code's shell integration: the last command ended, one begins, its output begins. */
const marks = {
  begin: "\u001b]633;D\u0007\u001b]633;A\u0007\u001b]633;B\u0007",
  output: "\u001b]633;C\u0007",
};

export function createTerminal(options: TerminalOptions): Terminal {
  const { stream, hasColour, marksCommands, onReady } = options;
  const segments: Segment[] = [];
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let isBlocked = false;
  let isGone = false;
  let atLineStart = true;

  stream.on("error", () => {
    isGone = true;
    segments.length = 0;
    onReady();
  });
  stream.on("drain", () => {
    isBlocked = false;
    onReady();
  });

  const write = (bytes: Buffer | string) => {
    isBlocked = !stream.write(bytes);
    const last = bytes.at(-1);
    if (last !== undefined) atLineStart = last === 10 || last === "\n";
  };

  /** True when the segment is all shown and the next may begin. */
  const show = (segment: Segment): boolean => {
    if (segment.kind === "text") {
      write(atLineStart ? segment.text : `\n${segment.text}`);
      return true;
    }
    const count = readAt(segment.file, segment.offset, buffer);
    if (count === 0) return segment.isComplete;
    segment.offset += count;
    // The stream may keep what it is given, so it is not given the buffer that is read into again.
    write(Buffer.from(buffer.subarray(0, count)));
    return false;
  };

  const pump = () => {
    while (!isBlocked && !isGone) {
      const segment = segments[0];
      if (segment === undefined) return;
      const before = segment.kind === "file" ? segment.offset : 0;
      if (show(segment)) segments.shift();
      else if (segment.kind === "file" && segment.offset === before) return;
    }
  };

  return {
    line(text, style) {
      if (isGone) return;
      const coloured = hasColour && style !== undefined ? `${styles[style]}${text}\u001b[0m` : text;
      const isCommand = marksCommands && style === "header";
      const line = isCommand ? `${marks.begin}${coloured}${marks.output}\n` : `${coloured}\n`;
      // Of a file that still grows nothing is the last line, so ours goes in between.
      const last = segments.at(-1);
      const isGrowing = last?.kind === "file" && !last.isComplete;
      segments.splice(isGrowing ? -1 : segments.length, 0, { kind: "text", text: line });
      pump();
    },
    follow(file) {
      const segment: Segment = { kind: "file", file, offset: 0, isComplete: false };
      if (!isGone) segments.push(segment);
      return {
        end() {
          segment.isComplete = true;
          pump();
        },
      };
    },
    pump,
    flush: (limitMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, limitMs);
        const finish = () => {
          clearTimeout(timer);
          resolve();
        };
        const look = () => {
          pump();
          if (isGone) return finish();
          if (segments.length === 0) return void stream.write("", finish);
          stream.once("drain", look);
        };
        look();
      }),
  };
}

/** 0 at the end of the file, and where there is none. */
function readAt(file: string, offset: number, into: Buffer): number {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return 0;
    throw error;
  }
  try {
    return readSync(descriptor, into, 0, into.length, offset);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Node makes writes to a terminal block the whole process on Unix, so a terminal that takes nothing
 * (Ctrl-S, a window whose renderer hangs) would keep the runner from its trials. The stream's own
 * handle can undo that, and where it cannot, nothing is lost but this.
 */
export function makeNonBlocking(stream: Writable): void {
  const handle: unknown = Reflect.get(stream, "_handle");
  if (typeof handle !== "object" || handle === null) return;
  const setBlocking: unknown = Reflect.get(handle, "setBlocking");
  if (typeof setBlocking === "function") Reflect.apply(setBlocking, handle, [false]);
}
