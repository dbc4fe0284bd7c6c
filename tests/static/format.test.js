import assert from "node:assert/strict";
import { test } from "node:test";
import { cells, latexOf, number } from "../../static/format.js";
import { readNumber } from "../../static/readnumber.js";
import { read } from "./fixtures.js";

/** The cases that hold the engine's printing too. @type {any[]} */
const SHARED = read("../data/numbers.json");

/** Value, digits, text, whether it is exact. @type {[number | string | null, number | null, string, boolean][]} */
const NUMBERS = [
  [0.3775406687981454, 4, "0.3775", false], [0.1887703343990727, 4, "0.1888", false],
  [0.5470529418638637, 4, "0.5471", false], [0.10258051873709023, 4, "0.1026", false],
  [-0.45294705813613634, 4, "−0.4529", false], [-0.04237288020737129, 4, "−0.04237", false],
  [-0.013187697337488319, 4, "−0.01319", false], [0.504237288020737, 4, "0.5042", false],
  [-0.4986812302662512, 4, "−0.4987", false], [-0.5, 4, "−0.5", true], [1, 4, "1", true], [0, 4, "0", true],
  [-0, 4, "0", true], [20, 4, "20", true], [0.3775406687981454, 3, "0.378", false],
  [0.3775406687981454, 6, "0.377541", false], [0.3775406687981454, null, "0.3775406687981454", true],
  [123456, 4, "123456", true], [123456.7, 4, "123457", false], [12345.67, 6, "12345.7", false],
  [0.125, 3, "0.125", true], [0.5, 3, "0.5", true], [2.5e-5, 4, "2.5·10⁻⁵", true],
  [1.23456e-7, 4, "1.235·10⁻⁷", false], [1e6, 4, "1·10⁶", true], [-1234567, 4, "−1.235·10⁶", false],
  [0.99999, 4, "1.000", false], [9.9996, 4, "10.00", false], [0.0001, 4, "0.0001", true],
  ["NaN", 4, "NaN", true], ["Infinity", 4, "∞", true], ["-Infinity", 4, "−∞", true], [null, 4, "", true],
];

for (const [value, digits, text, exact] of NUMBERS) {
  test(`${value} with ${digits ?? "all"} digits is printed ${text}`, () => {
    assert.deepEqual(number(value, digits, "en"), { text, exact });
  });
}

test("numbers are printed as the engine prints them", () => {
  for (const { value, digits, lang, text, exact } of SHARED.filter((c) => "value" in c)) {
    assert.deepEqual(number(value, digits, lang), { text, exact }, `${value} ${digits}`);
  }
});

test("matrices are printed as the engine prints them", () => {
  for (const { cells: rows, digits, lang, rows: wanted, exact } of SHARED.filter((c) => "cells" in c)) {
    const printed = cells(rows, digits, lang);
    assert.deepEqual(printed.map((r) => r.map((c) => c.text)), wanted);
    assert.equal(printed.flat().every((c) => c.exact), exact);
  }
});

test("a tie goes to the even digit, on the exact binary value", () => {
  assert.equal(number(0.12345, 4, "en").text, "0.1235");
  assert.equal(number(1.03125, 5, "en").text, "1.0312");
  assert.equal(number(1.09375, 5, "en").text, "1.0938");
});

test("Portuguese has a decimal comma", () => {
  assert.equal(number(-0.04237288020737129, 4, "pt-BR").text, "−0,04237");
  assert.equal(number(1.23456e-7, 4, "pt-BR").text, "1,235·10⁻⁷");
});

test("the cells of one matrix share their decimals", () => {
  const texts = (/** @type {any} */ rows, /** @type {number | null} */ digits = 4) => cells(rows, digits, "en").map((r) => r.map((c) => c.text));
  assert.deepEqual(texts([[0.1, 0.2], [0.3, 0.4], [1, -0.5]]), [["0.1", "0.2"], ["0.3", "0.4"], ["1.0", "−0.5"]]);
  assert.deepEqual(texts([[3.7, -0.5]]), [["3.7", "−0.5"]]);
  assert.deepEqual(texts([[0.9758729785823308, 0.3775406687981454]]), [["0.9759", "0.3775"]]);
  assert.deepEqual(texts([[-0.08797033141671574], [-0.034033504858090875]]), [["−0.08797"], ["−0.03403"]]);
  assert.deepEqual(texts([[1, 2, 3]]), [["1", "2", "3"]]);
  assert.deepEqual(texts([["NaN", 1.5]]), [["NaN", "1.5"]]);
});

test("a cell is exact only where all of it is printed", () => {
  assert.deepEqual(cells([[0.5, 1 / 3]], 4, "en").map((r) => r.map((c) => c.exact)), [[true, false]]);
});

test("printed text becomes LaTeX", () => {
  assert.equal(latexOf("−0,5"), "-0{,}5");
  assert.equal(latexOf("1.235·10⁻⁷"), "1.235 \\cdot 10^{-7}");
  assert.equal(latexOf("−∞"), "-\\infty");
});

test("one comma or one point is the decimal mark", () => {
  /** @type {[string, number][]} */
  const read = [["0,5", 0.5], ["0.5", 0.5], ["-3", -3], ["−3", -3], ["1e-3", 0.001], [".5", 0.5], [" 2 ", 2], ["+7", 7]];
  for (const [text, value] of read) assert.deepEqual(readNumber(text), { value });
});

test("thousands marks and words are refused, each for its reason", () => {
  for (const text of ["1.000,5", "1,000.5", "1 000", "1'000", "1.000.000"]) assert.deepEqual(readNumber(text), { problem: "thousands" });
  for (const text of ["", "abc", "1e999", "0x10", "--2", "5 apples"]) assert.deepEqual(readNumber(text), { problem: "number" });
});

test("the short way to round a number leads where the exact one does", () => {
  const seed = { x: 12345 };
  const random = () => (seed.x = (seed.x * 1103515245 + 12345) % 2147483648) / 2147483648;
  const exact = (/** @type {number} */ x, /** @type {number} */ n) => {
    const [mantissa, exponent] = x.toExponential(60).split("e");
    const all = BigInt(mantissa.replace(".", ""));
    const unit = 10n ** BigInt(61 - n);
    const [kept, rest] = [all / unit, all % unit];
    const up = rest * 2n > unit || (rest * 2n === unit && kept % 2n === 1n) ? 1n : 0n;
    return Number(`${kept + up}e${Number(exponent) - n + 1}`);
  };
  for (let i = 0; i < 4000; i += 1) {
    const x = i % 3 ? random() * 10 ** Math.floor(random() * 9 - 4) : Math.round(random() * 4096) / 1024 + 0.0078125;
    for (const n of [3, 4, 6]) {
      const text = number(x, n, "en").text.replace(/·10(.+)/, (_, p) => `e${[...p].map((c) => (c === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c))).join("")}`);
      assert.equal(Number(text), exact(x, Math.max(n, x >= 1e6 || x < 1e-4 ? 1 : Math.floor(Math.log10(x)) + 1)), `${x} to ${n}`);
    }
  }
});
