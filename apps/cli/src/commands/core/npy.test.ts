import { expect, test } from "vitest";
import { npyOf } from "./npy.ts";

/** As numpy.save writes it for numpy.array([[1, 2], [3.5, -4]], dtype="<f4"). */
const BY_NUMPY = Buffer.concat([
  Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 0x01, 0x00, 0x76, 0x00]),
  Buffer.from(`{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }${" ".repeat(58)}\n`),
  Buffer.from("0000803f00000040000060400000 80c0".replaceAll(" ", ""), "hex"),
]);

test("the bytes that NumPy writes", () => {
  const bytes = Buffer.from(npyOf([Float32Array.of(1, 2), Float32Array.of(3.5, -4)]));
  expect(bytes.toString("hex")).toBe(BY_NUMPY.toString("hex"));
});

test("a failed input is a row of NaN; nothing at all has no columns", () => {
  const bytes = Buffer.from(npyOf([null, Float32Array.of(7)]));
  const rows = bytes.subarray(bytes.length - 8);
  expect([rows.readFloatLE(0), rows.readFloatLE(4)]).toEqual([Number.NaN, 7]);
  expect(Buffer.from(npyOf([])).toString("latin1")).toContain("'shape': (0, 0)");
});

test("vectors of different lengths are refused", () => {
  expect(() => npyOf([Float32Array.of(1), Float32Array.of(1, 2)])).toThrow("Vector 1 has 2 numbers");
});
