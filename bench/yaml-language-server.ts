/**
 * `yaml-language-server` over stdio, as an editor talks to it, with W&B's own schema for sweeps.
 * Installed once under `.cache/`, by the bench that asks first.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { peerPython } from "../test/support/peers.js";

const version = "2.0.0";
const home = path.join(import.meta.dirname, "../.cache/yaml-language-server");
const document = "file:///bench/sweep.yaml";

export interface YamlLanguageServer {
  /** Milliseconds from an edit to the problems of the text that it made. */
  problems(text: string): Promise<number>;
  /** Milliseconds from a request to its answer, an edit before it included. */
  completion(text: string, line: number, character: number): Promise<number>;
  close(): void;
}

export async function startYamlLanguageServer(text: string): Promise<YamlLanguageServer> {
  const module = path.join(home, "node_modules/yaml-language-server");
  if (!existsSync(module)) {
    const packageName = `yaml-language-server@${version}`;
    const flags = ["--no-save", "--ignore-scripts", "--loglevel=error", "--prefix", home];
    execFileSync("npm", ["install", ...flags, packageName], { stdio: "pipe" });
  }
  const schema = path.join(folderOfSweeps(), "config/schema.json");
  const child = spawn(
    process.execPath,
    [path.join(module, "bin/yaml-language-server"), "--stdio"],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const settings = {
    validate: true,
    completion: true,
    schemaStore: { enable: false },
    schemas: { [pathToFileURL(schema).href]: "*.yaml" },
  };
  const connection = connect(child, settings);
  const capabilities = {
    workspace: { configuration: true },
    textDocument: { completion: { completionItem: { snippetSupport: true } } },
  };
  await connection.request("initialize", { processId: process.pid, rootUri: null, capabilities });
  connection.notify("initialized", {});
  connection.notify("workspace/didChangeConfiguration", { settings: {} });
  const opened = connection.next("textDocument/publishDiagnostics");
  connection.notify("textDocument/didOpen", {
    textDocument: { uri: document, languageId: "yaml", version: 1, text },
  });
  await opened;
  let edits = 1;
  const edit = (changed: string) => {
    edits += 1;
    connection.notify("textDocument/didChange", {
      textDocument: { uri: document, version: edits },
      contentChanges: [{ text: changed }],
    });
  };
  return {
    async problems(changed) {
      const started = performance.now();
      const told = connection.next("textDocument/publishDiagnostics");
      edit(changed);
      await told;
      return performance.now() - started;
    },
    async completion(changed, line, character) {
      const started = performance.now();
      edit(changed);
      const position = { line, character };
      const answer = await connection.request("textDocument/completion", {
        textDocument: { uri: document },
        position,
      });
      const took = performance.now() - started;
      if (!JSON.stringify(answer).includes("label")) throw new Error("it completes nothing there");
      return took;
    },
    close: () => child.kill(),
  };
}

function folderOfSweeps(): string {
  const script = `
from importlib.util import find_spec
print(find_spec("sweeps").submodule_search_locations[0])`;
  return execFileSync(peerPython(), ["-c", script], { encoding: "utf8" }).trim();
}

interface Connection {
  request(method: string, params: unknown): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** Resolves when the server next sends such a notification. */
  next(method: string): Promise<unknown>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly items?: readonly { readonly section?: string }[] };
  readonly result?: unknown;
}

function connect(child: ChildProcess, settings: unknown): Connection {
  const answers = new Map<number, (result: unknown) => void>();
  const listeners = new Map<string, (params: unknown) => void>();
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const receive = ({ id, method, params, result }: Message) => {
    if (method === undefined) {
      if (id !== undefined) answers.get(id)?.(result);
      return;
    }
    // What it asks of its editor is its configuration, and leave to hear of changes.
    if (id !== undefined) {
      const items = params?.items?.map(({ section }) => (section === "yaml" ? settings : {}));
      send({ id, result: items ?? null });
      return;
    }
    const listener = listeners.get(method);
    listeners.delete(method);
    listener?.(params);
  };
  // Once it is killed, what it has asked before is answered into the void.
  child.stdin?.on("error", () => undefined);
  child.stdout?.on("data", framed(receive));
  let asked = 0;
  return {
    request(method, params) {
      asked += 1;
      const id = asked;
      return new Promise((resolve) => {
        answers.set(id, resolve);
        send({ id, method, params });
      });
    },
    notify: (method, params) => send({ method, params }),
    next: (method) => new Promise((resolve) => listeners.set(method, resolve)),
  };
}

/** Cuts a stream into messages, each behind a header that tells its length in bytes. */
function framed(receive: (message: Message) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const end = rest.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(rest.subarray(0, end).toString())?.[1]);
      const start = end + 4;
      if (end < 0 || rest.length < start + length) return;
      receive(JSON.parse(rest.subarray(start, start + length).toString()));
      rest = rest.subarray(start + length);
    }
  };
}
