/**
 * The page's end of the protocol: checks what arrives, answers for time-outs, and notices silence.
 *
 * `acquireVsCodeApi` may be called once, and is called here.
 */
import * as z from "zod/mini";
import {
  type Answer,
  type Ask,
  answerTimeoutMs,
  type BoardView,
  type Delta,
  type HostMessage,
  hostMessage,
  type PageMessage,
  protocolVersion,
  type Snapshot,
  silenceMs,
} from "../src/protocol.js";

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Listener {
  onSnapshot(snapshot: Snapshot): void;
  onDelta(delta: Delta): void;
  onReveal(trial: number): void;
  /** Whether the host has been silent for too long. */
  onSilence(silent: boolean): void;
}

/** An answer that did not come, or a no: the message is a sentence for the reader. */
export class AskError extends Error {}

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: AskError) => void;
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

export interface Connection {
  start(listener: Listener, view: () => BoardView | null): void;
  sendView(view: BoardView): void;
  /** Rejects with an AskError where the host says no, does not answer in time, or falls silent. */
  ask(ask: Ask): Promise<Answer>;
  saved(): unknown;
  save(state: unknown): void;
}

export function connect(): Connection {
  const api = acquireVsCodeApi();
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let host: string | undefined;
  let version = 0;
  let heardAt = performance.now();
  let silent = false;

  function settle(id: number): Pending | undefined {
    const found = pending.get(id);
    pending.delete(id);
    clearTimeout(found?.timer);
    return found;
  }

  function fail(id: number, message: string): void {
    settle(id)?.reject(new AskError(message));
  }

  function receive(message: HostMessage, listener: Listener, resync: () => void): void {
    heardAt = performance.now();
    if (silent) {
      silent = false;
      listener.onSilence(false);
    }
    if (message.type === "snapshot") {
      ({ host, version } = message);
      api.postMessage({ type: "ack", version });
      listener.onSnapshot(message);
      return;
    }
    if (message.host !== host) {
      // Another instance speaks: what it says refers to a snapshot that we do not have.
      if (host !== undefined) resync();
      return;
    }
    switch (message.type) {
      case "delta":
        take(message, listener, resync);
        break;
      case "reply":
        settle(message.id)?.resolve(message.answer);
        break;
      case "refusal":
        fail(message.id, message.message);
        break;
      case "reveal":
        listener.onReveal(message.trial);
        break;
      case "heartbeat":
        break;
      default:
        message satisfies never;
    }
  }

  function take(delta: Delta, listener: Listener, resync: () => void): void {
    if (delta.version !== version + 1) {
      resync();
      return;
    }
    version = delta.version;
    api.postMessage({ type: "ack", version });
    listener.onDelta(delta);
  }

  function watch(listener: Listener): void {
    if (silent || performance.now() - heardAt < silenceMs) return;
    silent = true;
    for (const id of [...pending.keys()]) {
      fail(id, "The editor does not answer. See what it did once it is back, and ask again.");
    }
    listener.onSilence(true);
  }

  return {
    start(listener, view) {
      const ready = (): void =>
        api.postMessage({ type: "ready", protocol: protocolVersion, view: view() });
      window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        const parsed = hostMessage.safeParse(data);
        if (parsed.success) receive(parsed.data, listener, ready);
        else console.warn("A message that is not of this protocol:", z.prettifyError(parsed.error));
      });
      setInterval(() => watch(listener), 500);
      // A host that comes back knows nothing of this page until it says that it is there.
      setInterval(() => silent && ready(), silenceMs);
      ready();
    },
    sendView: (view) => api.postMessage({ type: "view", view }),
    ask(ask) {
      const id = nextId++;
      return new Promise<Answer>((resolve, reject) => {
        const timer = isQuick(ask)
          ? setTimeout(
              () => fail(id, "The editor did not answer in time: try again."),
              answerTimeoutMs,
            )
          : undefined;
        pending.set(id, { resolve, reject, timer });
        api.postMessage({ type: "request", id, ask });
      });
    },
    saved: () => api.getState(),
    save: (state) => api.setState(state),
  };
}

/** Actions may wait for the reader's answer in a dialog, as long as the host gives signs of life. */
function isQuick(ask: Ask): boolean {
  return ask.kind === "curves" || ask.kind === "details" || ask.kind === "compare";
}
