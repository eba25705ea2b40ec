/**
 * Waiting for what a test cannot be told of: asks again and again until it holds.
 */
import { setTimeout as pause } from "node:timers/promises";

const intervalMs = 100;

/**
 * Resolves with the first answer that is neither false nor null nor undefined.
 *
 * @param what completes the sentence "in vain waited until ..."
 * @throws where `limitMs` pass first; an error of the last try is its cause
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
  limitMs = 30_000,
): Promise<Exclude<Answer, false | null | undefined>> {
  const end = Date.now() + limitMs;
  let cause: unknown;
  do {
    try {
      const answer = await ask();
      if (holds(answer)) return answer;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await pause(intervalMs);
  } while (Date.now() < end);
  throw new Error(`waited ${limitMs} ms in vain until ${what}`, { cause });
}

function holds<Answer>(answer: Answer): answer is Exclude<Answer, false | null | undefined> {
  return answer !== false && answer !== null && answer !== undefined;
}
