/**
 * The studies that this window conducts: taken up, asked, let go.
 *
 * Files say who conducts a study and what is asked of him; this keeps the conductors that live in
 * this process, and sees to it that each is let go when the window closes.
 */
import * as vscode from "vscode";
import { takeUpStudy, wishOf } from "../engine/conducting.js";
import type { FrontDoor } from "../engine/front-door.js";
import { conductorOf, isFree } from "../study/claim.js";
import type { Conductor } from "../study/conductor.js";
import type { Outcome, StudyEvent } from "../study/events.js";
import type { Wish } from "../study/requests.js";
import type { Log } from "./log.js";
import { Refusal } from "./refusal.js";
import { type Conducted, conductorName } from "./study-picture.js";
import { assertMayRun } from "./trust.js";

export interface ConductingOptions {
  readonly log: Log;
  /** What this window brings to a study, by the study's folder. */
  door(key: string): Promise<FrontDoor>;
}

export interface StudyOutcome {
  readonly key: string;
  readonly outcome: Outcome;
}

export type HandTo = "free" | "ask" | "by force";

interface Session {
  readonly conductor: Conductor;
  readonly slots: readonly string[];
}

export class Conducting implements vscode.Disposable {
  readonly #options: ConductingOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #taking = new Map<string, Promise<void>>();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #ended = new vscode.EventEmitter<StudyOutcome>();
  /** Something happened to a study that this window conducts. */
  readonly onDidChange = this.#changed.event;
  readonly onDidEnd = this.#ended.event;

  constructor(options: ConductingOptions) {
    this.#options = options;
  }

  /** Undefined for studies that this window does not conduct. */
  conducted(key: string): Conducted | undefined {
    return this.#sessions.get(key);
  }

  /**
   * Becomes the study's conductor, or is it already.
   *
   * @throws Refusal where another conducts and does not let go, or the study cannot be run
   */
  async takeUp(key: string, takeOver: HandTo, as: "resume" | "adopt" = "resume"): Promise<void> {
    assertMayRun();
    if (this.#sessions.has(key)) return;
    const taking = this.#taking.get(key) ?? this.#take(key, takeOver, as);
    this.#taking.set(key, taking);
    try {
      await taking;
    } finally {
      this.#taking.delete(key);
    }
  }

  /**
   * Takes up what an editor left running: where that editor is gone, or (`ask`) where it hands over
   * or is silent, for an extension host outlives its window by minutes and answers nothing meanwhile.
   * What the command line conducts is only watched.
   */
  async adopt(key: string, takeOver: "free" | "ask"): Promise<void> {
    const holder = conductorOf(key);
    if (holder?.program !== "editor" || this.#sessions.has(key)) return;
    if (isFree(holder)) await this.takeUp(key, "free", "adopt");
    else if (takeOver === "ask") await this.takeUp(key, "ask", "adopt");
  }

  /**
   * Has the conductor of a study do something, whoever it is.
   *
   * @returns what it answered, as a sentence without its capital and its full stop
   * @throws Refusal where nobody conducts, or the conductor refuses
   */
  async ask(key: string, wish: Wish): Promise<string> {
    assertMayRun();
    const answering = wishOf(key, wish, await this.#options.door(key));
    // The request is on disk: a conductor in this process need not wait for its next turn.
    this.#sessions.get(key)?.conductor.nudge();
    const answer = await answering;
    this.#changed.fire(key);
    if (!answer.ok) throw new Refusal(sentence(answer.message));
    return answer.message;
  }

  /** Lets go of every study: trials run on, and their slots wait for the next conductor. */
  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map(({ conductor }) => conductor.leave()));
  }

  dispose(): void {
    this.#options.log.handOver("Letting go of the studies", this.close());
    this.#changed.dispose();
    this.#ended.dispose();
  }

  async #take(key: string, takeOver: HandTo, as: "resume" | "adopt"): Promise<void> {
    const { log } = this.#options;
    const door = await this.#options.door(key);
    const onEvent = (event: StudyEvent) => {
      if (event.type !== "report") log.channel.debug(`${key}: ${JSON.stringify(event)}`);
      this.#changed.fire(key);
    };
    const taken = await takeUpStudy(key, door, { takeOver, as, onEvent });
    switch (taken.kind) {
      case "conducting":
        this.#keep(key, {
          conductor: taken.conductor,
          slots: taken.slots.slots.map(({ name }) => name),
        });
        return;
      case "held":
        throw new Refusal(
          sentence(
            `${conductorName(taken.by)} conducts this study. Stop it there, or take it over`,
          ),
          [{ title: "Take Over", command: "sweepdeck.takeOver", arguments: [{ study: key }] }],
        );
      case "refused":
        throw new Refusal(taken.message);
      default:
        taken satisfies never;
    }
  }

  #keep(key: string, session: Session): void {
    const { log } = this.#options;
    this.#sessions.set(key, session);
    log.channel.info(`This window conducts ${key}.`);
    this.#changed.fire(key);
    const what = `Conducting ${key}`;
    log.handOver(
      what,
      log.guard(what, () => this.#seeToItsEnd(key, session)),
    );
  }

  async #seeToItsEnd(key: string, { conductor }: Session): Promise<void> {
    try {
      const outcome = await conductor.ended;
      this.#options.log.channel.info(`${key}: ${outcome.state}: ${outcome.reason}`);
      this.#sessions.delete(key);
      this.#ended.fire({ key, outcome });
    } finally {
      this.#sessions.delete(key);
      this.#changed.fire(key);
    }
  }
}

function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
