/** The wish to end a trial, with the verdict of a stopping rule where one wished it. */
import * as z from "zod";
import type { Json } from "../space/value.js";
import type { StopReason, Verdict } from "../stopping/rule.js";
import { stopSentence } from "../stopping/sentence.js";

/** What the trial becomes in place of `stopped`, and everything that decided. */
export type StopVerdict = Omit<Extract<Verdict, { kind: "stop" }>, "kind">;

const reasonSchema: z.ZodType<StopReason> = z.object({
  rule: z.string(),
  metric: z.string(),
  step: z.number(),
  count: z.number(),
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  rank: z.number().nullable(),
  competitors: z.array(z.object({ trial: z.number(), value: z.number() })),
  compared: z.number(),
  details: z.record(z.string(), z.number()),
});

/** As `stop.json` holds it. */
export const stopIntentSchema = z.object({
  mode: z.enum(["interrupt", "kill"]),
  by: z.string(),
  reason: z.string(),
  verdict: z.object({ as: z.enum(["pruned", "complete"]), why: reasonSchema }).optional(),
});

/** The wish that a rule's verdict is. JSON has no infinities: a bound that is one is none. */
export function intentOf({ as, why }: StopVerdict): z.infer<typeof stopIntentSchema> {
  const { threshold, details } = why;
  const plain: StopReason = {
    ...why,
    threshold: threshold !== null && Number.isFinite(threshold) ? threshold : null,
    details: Object.fromEntries(
      Object.entries(details).filter(([, value]) => Number.isFinite(value)),
    ),
  };
  const verdict = { as, why: plain };
  return { mode: "interrupt", by: why.rule, reason: stopSentence(plain), verdict };
}

const attributeLimit = 1000;

/** For the journal, where an attribute has 1 kB at most: the competitors that come last are left out. */
export function reasonJson({ as, why }: StopVerdict): Json {
  const { competitors, details, ...rest } = why;
  const named = [...competitors];
  const json = () => ({ as, ...rest, details: { ...details }, competitors: [...named] });
  while (named.length > 0 && JSON.stringify(json()).length > attributeLimit) named.pop();
  return json();
}
