import { expect } from "chai";
import fc from "fast-check";
import type { BoardStudy } from "../../../src/editor/board/boardHost.js";
import { type Board, createBoard, noStudy } from "../../../src/editor/board/boardModel.js";
import {
  type BoardView,
  type Delta,
  emptyView,
  hostMessage,
  type Snapshot,
} from "../../../src/protocol.js";
import type { TrialState } from "../../../src/study/trial.js";
import {
  changedTable,
  placedTable,
  type Table,
  tableFrom,
  textAt,
} from "../../../webview-ui/table.js";
import * as scenarios from "../../ui/support/panel-page/scenarios.js";
import { now, study, trial } from "./trials.js";

function take(table: Table | undefined, message: Snapshot | Delta | null): Table {
  if (message?.type === "snapshot") return tableFrom(message);
  if (table === undefined) throw new Error("a delta before the snapshot");
  return message === null ? table : placedTable(changedTable(table, message), message);
}

/** The lines as a reader sees them: rank, trial and value, or what a fold says. */
function seen(table: Table): string[] {
  const objective = table.columns.find(({ id }) => id === "objective");
  return Array.from(table.lines, (code) => {
    if (code < 0) return table.folds[-1 - code]?.text ?? "";
    const value = objective === undefined ? "" : textAt(table, objective, code);
    return `${table.ranks[code] || ""} #${table.rows.numbers[code]} ${value}`.trim();
  });
}

class Reader {
  readonly #board: Board = createBoard("host");
  table: Table | undefined;
  last: Snapshot | Delta | null = null;

  show(of: BoardStudy, view: Partial<BoardView> = {}, at = now): string[] {
    const whole = { ...emptyView(of.key), ...view };
    this.last =
      this.table === undefined
        ? this.#board.snapshot(of, whole, at)
        : this.#board.delta(of, whole, at);
    this.table = take(this.table, this.last);
    return seen(this.table);
  }
}

const one = trial(1, { value: 0.2 });
const two = trial(2, { state: "running", value: 0.3, endedAtMs: null });
const ended = { ...two, state: "complete" as const, value: 0.1, endedAtMs: now };

describe("the board", function () {
  this.timeout(20_000);

  it("tells the page what the design shows", () => {
    const reader = new Reader();
    expect(reader.show(scenarios.running()).slice(0, 4)).to.deep.equal([
      "1 #22 0.0512",
      "2 #17 0.0515",
      "3 #33 0.0523",
      "#35 0.0541",
    ]);
    expect(
      reader.table?.columns
        .filter(({ shown }) => shown)
        .map(({ id }) => id.replace("parameter:", "")),
    ).to.deep.equal([
      ...["rank", "star", "state", "number", "objective", "delta", "curve"],
      ...[
        "lr",
        "batch_size",
        "width",
        "layers",
        "dropout",
        "weight_decay",
        "optimizer",
        "momentum",
        "aug.flip",
      ],
      ...["step", "time", "slot"],
    ]);
  });

  it("sends only the row that changed", () => {
    const reader = new Reader();
    reader.show(study([one, two]));
    expect(reader.show(study([one, ended]))).to.deep.equal(["1 #2 0.1000", "2 #1 0.2000"]);
    expect(reader.last?.type === "delta" && [...reader.last.indices]).to.deep.equal([1]);
  });

  it("says nothing where nothing changed", () => {
    const reader = new Reader();
    const same = study([one, two]);
    reader.show(same);
    reader.show(same);
    expect(reader.last).to.equal(null);
  });

  it("starts anew where the trials are others", () => {
    const reader = new Reader();
    reader.show(study([one, two]));
    expect(reader.show(study([trial(7, { value: 1 })]))).to.deep.equal(["1 #7 1.00"]);
    expect(reader.last?.type).to.equal("snapshot");
  });

  it("speaks the protocol in every scenario", () => {
    const all = [
      scenarios.running(),
      scenarios.finished(),
      scenarios.empty(),
      scenarios.allFailed(),
      scenarios.hostile(),
    ];
    for (const each of all) {
      const snapshot = createBoard("host").snapshot(each, emptyView(each.key), now);
      expect(hostMessage.safeParse(snapshot).error, each.name).to.equal(undefined);
    }
    expect(hostMessage.safeParse(noStudy("host", true, now)).success).to.equal(true);
  });

  it("comes by deltas to what a snapshot would say, whatever happens", () => {
    const states: TrialState[] = ["running", "complete", "pruned", "failed"];
    const step = fc.record({
      trial: fc.nat(12),
      state: fc.constantFrom(...states),
      value: fc.option(fc.constantFrom(0.1, 0.25, 0.25, 3, 1e-7), { nil: null }),
      optimizer: fc.constantFrom("sgd", "adam", "a third"),
      sort: fc.constantFrom("objective", "parameter:optimizer", "number", "time"),
      descending: fc.boolean(),
      filter: fc.constantFrom("", "optimizer:sgd", "-is:failed"),
      onlyVarying: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const reader = new Reader();
        const trials = [trial(0, { value: 0.5 })];
        for (const [
          place,
          { trial: at, state, value, optimizer, sort, descending, filter, onlyVarying },
        ] of steps.entries()) {
          const index = Math.min(at, trials.length);
          trials[index] = trial(index, {
            state,
            value: state === "failed" ? null : value,
            configuration: { lr: 0.01, optimizer },
          });
          const of = study([...trials]);
          const view = { sort: { column: sort, descending }, filter, onlyVarying };
          const time = now + place * 10_000;
          const fresh = new Reader();
          expect(reader.show(of, view, time)).to.deep.equal(fresh.show(of, view, time));
          expect(reader.table?.rows).to.deep.equal(fresh.table?.rows);
          expect(reader.table?.columns).to.deep.equal(fresh.table?.columns);
        }
      }),
    );
  });
});

describe("while the reader holds the board", () => {
  const held = { holding: true };

  it("values change, places and ranks wait, and what waits is counted", () => {
    const reader = new Reader();
    reader.show(study([one, two]), held);
    expect(reader.show(study([one, ended]), held)).to.deep.equal(["1 #1 0.2000", "#2 0.1000"]);
    expect(reader.table?.header.fresh).to.equal(1);
    expect(reader.show(study([one, ended, trial(3, { value: 0.4 })]), held)).to.deep.equal([
      "1 #1 0.2000",
      "#2 0.1000",
    ]);
    expect(reader.table?.header.fresh).to.equal(2);
  });

  it("letting go applies all that waited", () => {
    const reader = new Reader();
    reader.show(study([one, two]), held);
    const later = study([one, ended, trial(3, { value: 0.4 })]);
    reader.show(later, held);
    expect(reader.show(later)).to.deep.equal(["1 #2 0.1000", "2 #1 0.2000", "3 #3 0.4000"]);
    expect(reader.table?.header.fresh).to.equal(0);
  });

  it("sorting and filtering are answered nonetheless", () => {
    const reader = new Reader();
    const later = study([one, ended]);
    reader.show(study([one, two]), held);
    reader.show(later, held);
    const sort = { column: "number", descending: true };
    expect(reader.show(later, { ...held, sort })).to.deep.equal(["1 #2 0.1000", "2 #1 0.2000"]);
  });
});

describe("columns", () => {
  const parameters = (reader: Reader): string[] =>
    reader.table?.columns
      .filter(({ id, shown }) => shown && id.startsWith("parameter:"))
      .map(({ title }) => title) ?? [];

  it("show parameters that vary, and all where the reader asks", () => {
    const reader = new Reader();
    reader.show(scenarios.running());
    expect(parameters(reader)).not.to.include("epochs");
    reader.show(scenarios.running(), { onlyVarying: false });
    expect(parameters(reader)).to.include.members(["lr", "epochs", "data"]);
  });

  it("obey what the reader hid, showed and pinned", () => {
    const reader = new Reader();
    reader.show(scenarios.running(), {
      show: { "parameter:lr": false, "metric:val_acc": true },
      pin: ["parameter:width"],
    });
    const shown = reader.table?.columns.filter(({ shown }) => shown).map(({ id }) => id);
    expect(shown).to.include("metric:val_acc").and.not.to.include("parameter:lr");
    expect(reader.table?.columns.find(({ id }) => id === "parameter:width")?.pinned).to.equal(true);
  });

  it("are ten parameters at most until asked for more", () => {
    const names = Array.from({ length: 14 }, (_, place) => `p${place}`);
    const wide = study([trial(1), trial(2)], {
      space: {
        parameters: names.map((name) => ({
          name,
          path: [name],
          distribution: { kind: "uniform", min: 0, max: 1 },
        })),
      },
    });
    const reader = new Reader();
    reader.show(wide);
    expect(parameters(reader)).to.deep.equal(names.slice(0, 10));
  });

  it("have neither objective nor curve where the sweep has no metric, but its metrics", () => {
    const metric = { attributes: { "sweepdeck:metrics": { acc: 0.5 } }, value: 0 };
    const reader = new Reader();
    reader.show(study([trial(1, metric)], { objective: null }));
    const shown = reader.table?.columns.filter(({ shown }) => shown).map(({ id }) => id);
    expect(shown)
      .to.include("metric:acc")
      .and.not.to.include.members(["objective", "curve", "delta"]);
    expect(reader.table?.ranks[0]).to.equal(0);
  });
});
