/** Durations and sizes in the grammar of the `sweepdeck:` block. */
import * as z from "zod";
import { withFacts } from "./facts.js";

/** Seconds, or text with units: `90s`, `2h`, `1h30m`. */
const durationForm = /^(?:\d+(?:\.\d+)?(?:ms|s|m|min|h|d))+$/;
/** Bytes, or text with a unit: `12GiB`. */
const sizeForm = /^\d+(?:\.\d+)? ?(?:B|[kKMGT]i?B)$/;

const durationText = withFacts(z.string().regex(durationForm), {
  description: "A duration.",
  form: "a duration such as `90s`, `2h` or `1h30m`",
});
const sizeText = withFacts(z.string().regex(sizeForm), {
  description: "A size.",
  form: "a size such as `500MB` or `12GiB`",
});

/** A number is seconds. */
export const duration = () => z.union([z.number().positive(), durationText]).optional();
/** A number is bytes. */
export const size = () => z.union([z.number().positive(), sizeText]).optional();

/** What is said of every duration. */
export const inDurations = "In seconds, or with a unit: `90s`, `2h`, `1h30m`.";
