/**
 * The standard normal distribution: its quantile function, to about 1 part in 10^16, and the inverse.
 *
 * Quantiles by algorithm AS 241, PPND16 (Wichura, "The percentage points of the normal distribution",
 * Applied Statistics 37, 1988): three rational approximations, of the middle and of the two tails.
 */

type Rational = { readonly numerator: readonly number[]; readonly denominator: readonly number[] };

const middle: Rational = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852854,
  ],
};

const tail: Rational = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
  ],
};

const farTail: Rational = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

/** `probability` in the open interval (0, 1); 0 and 1 give -Infinity and Infinity. */
export function normalQuantile(probability: number): number {
  const fromMiddle = probability - 0.5;
  if (Math.abs(fromMiddle) <= 0.425) {
    return fromMiddle * evaluate(middle, 0.180625 - fromMiddle * fromMiddle);
  }
  const toEnd = fromMiddle < 0 ? probability : 1 - probability;
  if (toEnd <= 0) return fromMiddle < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(toEnd));
  const magnitude = r <= 5 ? evaluate(tail, r - 1.6) : evaluate(farTail, r - 5);
  return fromMiddle < 0 ? -magnitude : magnitude;
}

function evaluate({ numerator, denominator }: Rational, x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

/** The chance that a standard normal variable is at most `x`: the inverse of `normalQuantile`. */
export function normalProbability(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const magnitude = Math.abs(x);
  const density = Math.exp(-0.5 * magnitude * magnitude) / Math.sqrt(2 * Math.PI);
  const upper = magnitude < 3 ? 0.5 - density * bodySeries(magnitude) : density * mills(magnitude);
  return x < 0 ? upper : 1 - upper;
}

/** (Φ(x) - 1/2) / φ(x) as x + x³/3 + x⁵/(3·5) + … (Abramowitz & Stegun 26.2.11). */
function bodySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return sum;
}

/** (1 - Φ(x)) / φ(x), for x of 3 and above, by its continued fraction (Abramowitz & Stegun 26.2.14). */
function mills(x: number): number {
  let fraction = x;
  for (let depth = 60; depth > 0; depth -= 1) fraction = x + depth / fraction;
  return 1 / fraction;
}
