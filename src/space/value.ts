/** A value that JSON can carry, plus the numbers NaN and ±Infinity where a writer spells them out. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
