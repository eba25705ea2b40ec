/**
 * Records whose keys come from users. `Object.fromEntries` defines its properties instead of
 * assigning them, so that a parameter called `__proto__` is a parameter and nothing else.
 */

export function recordFrom<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries(entries);
}

export function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
