import { expect } from "chai";
import type { BoardHost, BoardStudy } from "../../../src/editor/board/boardHost.js";
import { BoardSession } from "../../../src/editor/board/boardSession.js";
import { type Ask, emptyView, type HostMessage, type PageMessage } from "../../../src/protocol.js";
import { until } from "../../support/until.js";
import { study, trial } from "./trials.js";

const done = trial(1, { value: 0.2 });
const live = trial(2, { state: "running", value: 0.3, endedAtMs: null });

/** A page that hears everything, and acknowledges only when told to. */
class Listening {
  readonly heard: HostMessage[] = [];
  readonly asked: string[] = [];
  visible = true;
  study: BoardStudy | undefined = study([done, live]);
  readonly #listeners: ((key: string) => unknown)[] = [];
  readonly session: BoardSession;

  constructor() {
    const host: BoardHost = {
      load: async () => true,
      study: () => this.study,
      onDidChange: (listener) => {
        this.#listeners.push(listener);
        return { dispose: () => this.#listeners.splice(0) };
      },
      trialFiles: async () => ({ command: "python train.py", tail: null, reports: null }),
      configurationYaml: async () => "",
      actOnTrials: async (_key, action, trials) => {
        if (action === "rerun") throw new Error("Resume the sweep first: nothing runs.");
        this.asked.push(`${action} ${trials}`);
      },
      actOnStudy: async (_key, action) => void this.asked.push(action),
      star: async () => {},
      openDiff: async (_key, left, right) => void this.asked.push(`diff ${left} ${right}`),
      noteCompared: () => void this.asked.push("compared"),
    };
    const listening = this;
    const page = {
      post: (message: HostMessage): void => void this.heard.push(message),
      get visible(): boolean {
        return listening.visible;
      },
      copyText: async (text: string): Promise<void> => void this.asked.push(`copied ${text}`),
    };
    this.session = new BoardSession(host, page, "this-host", this.study?.key ?? "");
  }

  say(message: PageMessage): void {
    this.session.receive(message);
  }

  ask(id: number, ask: Ask): void {
    this.say({ type: "request", id, ask });
  }

  change(value: number): void {
    this.study = study([done, { ...live, value }]);
    for (const listener of this.#listeners) listener(this.study.key);
  }

  acknowledge(): void {
    const last = this.versioned().at(-1);
    if (last !== undefined) this.say({ type: "ack", version: last.version });
  }

  versioned(): Extract<HostMessage, { version: number }>[] {
    return this.heard.filter((message) => message.type === "snapshot" || message.type === "delta");
  }

  /** The latest message of a type, once so many have been heard. */
  hears(type: HostMessage["type"], count = 1): Promise<HostMessage> {
    return until(`the page hears ${count} ${type}`, () => {
      const found = this.heard.filter((message) => message.type === type);
      return found.length >= count && found.at(-1);
    });
  }
}

describe("a board's session", function () {
  this.timeout(20_000);
  let page: Listening;
  beforeEach(() => {
    page = new Listening();
  });
  afterEach(() => page.session.dispose());

  it("says nothing before the page is ready, and then everything", () => {
    page.change(0.1);
    expect(page.heard).to.deep.equal([]);
    page.say({ type: "ready", protocol: 1, view: null });
    expect(page.versioned().map(({ type }) => type)).to.deep.equal(["snapshot"]);
  });

  it("takes up the view that the page kept over a reload", () => {
    const view = { ...emptyView(page.session.key), filter: "is:running" };
    page.say({ type: "ready", protocol: 1, view });
    const [snapshot] = page.versioned();
    expect(snapshot?.type === "snapshot" && snapshot.view).to.deep.equal(view);
    expect(snapshot?.lines?.length).to.equal(1);
  });

  it("has one delta unacknowledged at most, and makes one of all that came meanwhile", async () => {
    page.say({ type: "ready", protocol: 1, view: null });
    page.change(0.19);
    page.change(0.18);
    page.acknowledge();
    await page.hears("delta");
    page.change(0.17);
    page.change(0.16);
    // A heartbeat has passed: whatever could have been sent has been.
    await page.hears("heartbeat");
    expect(page.versioned()).to.have.length(2);
    page.acknowledge();
    await page.hears("delta", 2);
    const last = page.versioned().at(-1);
    const objective = last?.cells["objective"];
    expect(objective?.kind === "number" && [...objective.values]).to.deep.equal([0.16]);
  });

  it("is silent to a page that cannot be seen, and tells it all when it is back", async () => {
    page.say({ type: "ready", protocol: 1, view: null });
    page.acknowledge();
    page.visible = false;
    page.session.visibilityChanged();
    page.change(0.1);
    page.visible = true;
    page.session.visibilityChanged();
    await page.hears("heartbeat");
    expect(page.versioned()).to.have.length(1);
    page.say({ type: "ready", protocol: 1, view: null });
    expect(page.versioned().map(({ type }) => type)).to.deep.equal(["snapshot", "snapshot"]);
  });

  it("answers a request, and refuses with the sentence of who would not do it", async () => {
    page.say({ type: "ready", protocol: 1, view: null });
    page.ask(1, { kind: "act", action: "openLog", trials: [2] });
    expect(await page.hears("reply")).to.deep.include({ id: 1, answer: { kind: "done" } });
    expect(page.asked).to.deep.equal(["openLog 2"]);
    page.ask(2, { kind: "act", action: "rerun", trials: [1] });
    expect(await page.hears("refusal")).to.deep.include({
      id: 2,
      message: "Resume the sweep first: nothing runs.",
    });
  });

  it("refuses details of a trial that is gone", async () => {
    page.say({ type: "ready", protocol: 1, view: null });
    page.ask(3, { kind: "details", trial: 99 });
    expect(await page.hears("refusal")).to.deep.include({
      message: "Trial 99 is not in this study any more.",
    });
  });

  it("does not answer what is not of the protocol", () => {
    for (const noise of [
      null,
      "ready",
      { type: "ready" },
      { type: "request", id: 1, ask: { kind: "rm" } },
    ]) {
      page.session.receive(noise);
    }
    expect(page.heard).to.deep.equal([]);
  });

  it("shows how to come to a study where there is none", () => {
    page.study = undefined;
    page.say({ type: "ready", protocol: 1, view: null });
    const [snapshot] = page.versioned();
    expect(snapshot?.header.empty?.[0]).to.equal(
      "The study that was shown here is gone from disk.",
    );
  });

  it("reveals a trial once the page is there", () => {
    page.session.reveal(2);
    expect(page.heard).to.deep.equal([]);
    page.say({ type: "ready", protocol: 1, view: null });
    expect(page.heard.at(-1)).to.deep.equal({ type: "reveal", host: "this-host", trial: 2 });
  });
});
