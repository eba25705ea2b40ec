/** The functions of expressions. */

export interface ExpressionFunction {
  /** How it is called, for people. */
  readonly signature: string;
  readonly description: string;
  readonly fewest: number;
  /** Infinity: as many as are given. */
  readonly most: number;
  /** Undefined where it has no value: the logarithm of 0. */
  readonly apply: (operands: readonly number[]) => number | undefined;
}

const unary = (
  signature: string,
  description: string,
  apply: (x: number) => number | undefined,
): ExpressionFunction => ({
  signature,
  description,
  fewest: 1,
  most: 1,
  apply: ([x]) => (x === undefined ? undefined : apply(x)),
});

/** All of them but `abs` never fall as an operand grows, so that bounds map to bounds. */
export const functions: ReadonlyMap<string, ExpressionFunction> = new Map([
  [
    "min",
    {
      signature: "min(a, b, …)",
      description: "The least of several numbers, or of a list.",
      fewest: 1,
      most: Number.POSITIVE_INFINITY,
      apply: (operands) => (operands.length === 0 ? undefined : Math.min(...operands)),
    },
  ],
  [
    "max",
    {
      signature: "max(a, b, …)",
      description: "The greatest of several numbers, or of a list.",
      fewest: 1,
      most: Number.POSITIVE_INFINITY,
      apply: (operands) => (operands.length === 0 ? undefined : Math.max(...operands)),
    },
  ],
  ["abs", unary("abs(x)", "The number without its sign.", Math.abs)],
  [
    "log",
    {
      signature: "log(x[, base])",
      description: "The natural logarithm, or that to a base.",
      fewest: 1,
      most: 2,
      apply: logarithm,
    },
  ],
  ["sqrt", unary("sqrt(x)", "The square root.", (x) => (x < 0 ? undefined : Math.sqrt(x)))],
  ["floor", unary("floor(x)", "The next whole number below.", Math.floor)],
  ["ceil", unary("ceil(x)", "The next whole number above.", Math.ceil)],
  [
    "round",
    {
      signature: "round(x[, digits])",
      description: "To the nearest whole number, or to so many digits; halves to the even one.",
      fewest: 1,
      most: 2,
      apply: rounded,
    },
  ],
]);

function logarithm([x, base]: readonly number[]): number | undefined {
  if (x === undefined || x <= 0) return undefined;
  if (base === undefined) return Math.log(x);
  // Exact for the bases that have a function of their own.
  if (base === 2) return Math.log2(x);
  if (base === 10) return Math.log10(x);
  return base <= 0 || base === 1 ? undefined : Math.log(x) / Math.log(base);
}

/** As Python rounds. */
function rounded([x, digits = 0]: readonly number[]): number | undefined {
  if (x === undefined || !Number.isInteger(digits)) return undefined;
  const scale = 10 ** digits;
  const scaled = x * scale;
  if (!Number.isFinite(scaled)) return x;
  const floor = Math.floor(scaled);
  if (scaled - floor !== 0.5) return Math.round(scaled) / scale;
  return (floor % 2 === 0 ? floor : floor + 1) / scale;
}
