/** Which metric was meant: names differ between a sweep and its script by case, separators and short forms. */

/** The name among `seen` that says the same as `wanted`; undefined where none does. */
export function nearestMetric(wanted: string, seen: readonly string[]): string | undefined {
  const meant = plain(wanted);
  return seen.find((name) => plain(name) === meant);
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/validation|valid/g, "val")
    .replace(/accuracy/g, "acc");
}
