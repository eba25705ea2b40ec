/** How much each of `count` trials weighs, oldest first: the last 25 alike, older ones less and less. */
export function rampWeights(count: number): Float64Array {
  const weights = new Float64Array(count).fill(1);
  const older = count - 25;
  // From 1/count up to 1, both ends included.
  for (let at = 0; at < older; at += 1) {
    weights[at] = older === 1 ? 1 / count : 1 / count + (at * (1 - 1 / count)) / (older - 1);
  }
  return weights;
}
