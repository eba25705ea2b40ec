/**
 * The extension's side of the board, in the page itself: the real session and model over studies
 * that tests change. Runs before the board's own script and gives it `acquireVsCodeApi`.
 */
import type { BoardHost, BoardStudy } from "../../../../../src/editor/board/boardHost.js";
import { BoardSession } from "../../../../../src/editor/board/boardSession.js";
import type { FakeHost } from "../fake-host-face.js";
import { allFailed, empty, finished, hostile, now, running, thousands } from "../scenarios.js";

const scenarios: Readonly<Record<string, () => BoardStudy | undefined>> = {
  running,
  finished,
  empty,
  hostile,
  "all-failed": allFailed,
  thousands: () => thousands(5000),
  none: () => undefined,
};

declare global {
  interface Window {
    fakeHost: FakeHost;
    acquireVsCodeApi: () => unknown;
  }
}

const query = new URLSearchParams(location.search);
const realNow = Date.now.bind(Date);
const startedAt = realNow();
Date.now = () => now + realNow() - startedAt;

let study = scenarios[query.get("scenario") ?? "running"]?.();
const asked: string[] = [];
const listeners = new Set<(key: string) => unknown>();
let refusal: string | null = null;
let instance = 1;

async function note(...words: unknown[]): Promise<void> {
  asked.push(words.map(String).join(" "));
  if (refusal !== null) throw new Error(refusal);
}

const host: BoardHost = {
  load: async (key) => study?.key === key,
  study: (key) => (study?.key === key ? study : undefined),
  onDidChange: (listener) => {
    listeners.add(listener);
    return { dispose: () => listeners.delete(listener) };
  },
  trialFiles: async (_key, number) => {
    const trial = study?.trials.find((each) => each.number === number);
    const given = Object.entries(trial?.configuration ?? {}).map(
      ([name, value]) => `--${name}=${value}`,
    );
    return {
      command: `python train.py ${given.join(" ")}`,
      tail:
        trial?.state === "failed"
          ? "Traceback (most recent call last):\n  File \"train.py\", line 12\nKeyError: 'val_loss'"
          : null,
      reports: null,
    };
  },
  configurationYaml: async () => "lr: 0.1\n",
  actOnTrials: (_key, action, trials) => note(action, trials),
  actOnStudy: (_key, action) => note(action),
  openDiff: (_key, left, right) => note("openDiff", left, right),
  noteCompared: () => undefined,
  star: async (_key, trials, starred) => {
    await note("star", trials, starred);
    if (study === undefined) return;
    const stars = new Set(study.starred);
    for (const trial of trials) {
      if (starred) stars.add(trial);
      else stars.delete(trial);
    }
    replace({ starred: stars });
  },
};

function replace(change: Partial<BoardStudy>): void {
  if (study === undefined) return;
  study = { ...study, ...change };
  for (const listener of listeners) listener(study.key);
}

function openSession(): BoardSession {
  const page = {
    post: (message: unknown) => window.postMessage(structuredClone(message), "*"),
    visible: true,
    copyText: (text: string) => note("copyText", text),
  };
  return new BoardSession(host, page, `host-${instance++}`, study?.key ?? "");
}

let session: BoardSession | null = openSession();

window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) =>
    void setTimeout(() => session?.receive(structuredClone(message))),
  getState: () => JSON.parse(sessionStorage.getItem("state") ?? "null"),
  setState: (state: unknown) => sessionStorage.setItem("state", JSON.stringify(state)),
});

window.fakeHost = {
  asked,
  replace,
  change: (number, change) => {
    const trials =
      study?.trials.map((trial) => (trial.number === number ? { ...trial, ...change } : trial)) ??
      [];
    replace({ trials });
  },
  add: (like, change) => {
    const [last, model] = [
      study?.trials.at(-1),
      study?.trials.find(({ number }) => number === like),
    ];
    if (study === undefined || last === undefined || model === undefined) return;
    const number = last.number + 1;
    replace({
      trials: [...study.trials, { ...model, id: number, number, ...change }],
      draws: study.draws + 1,
    });
  },
  refuse: (message) => {
    refusal = message;
  },
  die: () => {
    session?.dispose();
    session = null;
  },
  comeBack: () => {
    session ??= openSession();
  },
  reveal: (trial) => session?.reveal(trial),
};
