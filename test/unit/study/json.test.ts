import { expect } from "chai";
import fc from "fast-check";
import type { Json } from "../../../src/space/value.js";
import { floatText, parseJson, stringifyJson } from "../../../src/study/json.js";

describe("JSON as Python writes it", () => {
  it("has the tokens NaN and Infinity for numbers, wherever they stand", () => {
    expect(
      parseJson('{"a": [NaN, -Infinity, Infinity], "b": "NaN, \\"Infinity\\""}'),
    ).to.deep.equal({
      a: [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
      b: 'NaN, "Infinity"',
    });
    expect(parseJson('["NaN", NaN, "NaN\'"]')).to.deep.equal(["NaN", Number.NaN, "NaN'"]);
  });

  it("refuses what is no JSON", () => {
    for (const text of ["", "{", "NaN NaN", '{"a": Infinit}', "undefined", "[NaN"]) {
      expect(() => parseJson(text), text).to.throw(SyntaxError);
    }
  });

  it("comes back as it was, whatever the value", () => {
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        fc.constantFrom(null, true, Number.NaN, Infinity, -Infinity, -0),
        fc.double(),
        fc.string({ unit: "binary" }),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, (original) => {
        const text = stringifyJson(original);
        expect(text).not.to.include("\n");
        expect(parseJson(text)).to.deep.equal(original);
      }),
    );
  });

  it("writes floats so that Python reads floats", () => {
    expect([3, -0, 1e21, 0.1, 1e-7, -12].map(floatText)).to.deep.equal([
      "3.0",
      "-0.0",
      "1e+21",
      "0.1",
      "1e-7",
      "-12.0",
    ]);
  });
});
