/** Completions of values that what is around the sweep gives: metrics, programs, choices. */
import type { ReportedMetric } from "../script/reading.js";
import { closest } from "../sweep/closest.js";
import { paragraphs } from "./describe.js";
import { type Offer, type Site, untilTyped } from "./offer.js";
import { fileName } from "./parameter-proposal.js";
import { budgetRules } from "./practice/budget.js";
import { metricFacts, objectivesFirst } from "./practice/practice.js";
import { shownName } from "./reports.js";
import { escaped, newFields, written } from "./snippet.js";

/** What the script reports, validation first; choosing one fills in the goal that its name tells. */
export function metricNames({ cursor, script }: Site): Offer[] {
  const reported = script?.reading.metrics.reported ?? [];
  const byName = new Map<string, ReportedMetric>();
  for (const metric of reported) {
    const name = shownName(metric);
    if (!byName.has(name)) byName.set(name, metric);
  }
  const wantsGoal = !cursor.siblings.has("goal") && cursor.path.at(-1) === "name";
  return objectivesFirst([...byName.keys()]).flatMap((name) => {
    const metric = byName.get(name);
    return metric === undefined ? [] : [metricOffer(name, metric, wantsGoal, cursor.style)];
  });
}

/** `metric:` with the name that is best to judge by, of those that the script reports. */
export function wholeMetric(site: Site): Offer[] {
  const { cursor } = site;
  if (cursor.style === "flow" || cursor.siblings.has("metric")) return [];
  const inMetric = { ...cursor, path: ["metric", "name"], siblings: new Map<string, string>() };
  const [best] = metricNames({ ...site, cursor: inMetric });
  if (best === undefined) return [];
  return [
    {
      ...best,
      label: `metric: ${best.label}`,
      kind: "form",
      snippet: `metric:\n  name: ${best.snippet.replaceAll("\n", "\n  ")}`,
    },
  ];
}

function metricOffer(
  label: string,
  metric: ReportedMetric,
  wantsGoal: boolean,
  style: Site["cursor"]["style"],
): Offer {
  const { goal, because, split } = metricFacts(label);
  const fields = newFields();
  const isWhole = metric.name.every((part) => part !== null);
  const name = isWhole
    ? escaped(written(label))
    : metric.name.map((part) => (part === null ? fields.text("name") : escaped(part))).join("");
  const separator = style === "flow" ? ", " : "\n";
  const { path, line } = metric.place;
  return {
    label,
    kind: "value",
    snippet: wantsGoal && goal !== undefined ? `${name}${separator}goal: ${goal}` : name,
    ...(goal !== undefined && { detail: goal }),
    documentation: paragraphs([
      `Reported by \`${metric.by}\` in \`${fileName(path)}\`, line ${line + 1}.`,
      `${because.charAt(0).toUpperCase()}${because.slice(1)}.`,
      split === "train" ? "What is measured on the training data says little of new data." : "",
      split === "test" ? "Keep the test data for the end: who chooses by it has no test left." : "",
    ]),
  };
}

/** The better way first, as the name of the metric tells it. */
export function goalOffers(offers: readonly Offer[], { sketch, cursor }: Site): Offer[] {
  const name = cursor.siblings.get("name") ?? sketch.metric.name;
  if (name === undefined || cursor.path[0] !== "metric") return [...offers];
  const { goal, because } = metricFacts(name);
  if (goal === undefined) return [...offers];
  const fitting = offers.filter(({ label }) => label === goal);
  const others = offers.filter(({ label }) => label !== goal);
  return [
    ...fitting.map((offer) => ({
      ...offer,
      documentation: paragraphs([offer.documentation, `For \`${name}\`: ${because}.`]),
    })),
    ...others,
  ];
}

/** Programs around the sweep; where the named one is missing, files of that name first. */
export function programs({ around, typed }: Site): Offer[] {
  const similar = around.program?.kind === "missing" ? around.program.similar : [];
  const found = [...new Set([...similar, ...around.programs])];
  const near = closest(typed, found);
  const ordered = near === undefined ? found : [near, ...found.filter((each) => each !== near)];
  return ordered.map((program) => ({
    label: program,
    kind: "file",
    snippet: escaped(written(program)),
    documentation: "A script of this workspace.",
  }));
}

/** As many runs as tell the parameters that are searched apart. */
export function runCaps({ sketch }: Site): Offer[] {
  const searched = sketch.parameters.filter(({ fields }) => !fields.has("value")).length;
  const fitting = budgetRules.find(({ parameters }) => parameters >= searched);
  const ordered = [...(fitting === undefined ? [] : [fitting]), ...budgetRules];
  return [...new Set(ordered)].map(({ runs, parameters, reason }) => {
    const many = parameters === 1 ? "1 parameter" : `up to ${parameters} parameters`;
    return {
      label: String(runs),
      kind: "value",
      snippet: String(runs),
      detail: `for ${many}`,
      documentation: reason,
      ...untilTyped,
    };
  });
}
