import type { Figure, Unit } from "./figure.ts";
import type { Gate, Verdict } from "./gates.ts";

const DIGITS: Readonly<Record<Unit, number>> = { x: 2, "req/s": 0, MB: 1, kB: 2, ms: 1, "%": 1 };

/** A value with its unit, such as `1,234 req/s` or `2.05 x`. */
function formatValue(value: number, unit: Unit): string {
  const digits = DIGITS[unit];
  return `${value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}

/** Figures as lines of a table: name, median, range of the samples, bound or note where there is one. */
export function figureTable(figures: readonly Figure[], gates: readonly Gate[]): readonly string[] {
  const bounds = new Map(gates.map((gate) => [gate.figure, gate]));
  const rows = figures.map(({ name, unit, value, samples, note }) => {
    const gate = bounds.get(name);
    const range = `${formatValue(Math.min(...samples), unit)} to ${formatValue(Math.max(...samples), unit)}`;
    const remarks = [gate === undefined ? [] : boundText(gate, unit), note ?? []].flat().join("; ");
    return [name, formatValue(value, unit), `(${range})`, remarks];
  });
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(([name = "", value = "", range = "", remarks = ""]) =>
    `  ${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${range.padEnd(widths[2] ?? 0)}  ${remarks}`.trimEnd(),
  );
}

function boundText(gate: Gate, unit: Unit): string {
  return "atLeast" in gate
    ? `at least ${formatValue(gate.atLeast, unit)}`
    : `at most ${formatValue(gate.atMost, unit)}`;
}

/** One line per verdict and the counts as the last line. */
export function verdictLines(
  verdicts: readonly Verdict[],
  unitOf: (figure: string) => Unit,
): readonly string[] {
  const lines = verdicts.map(({ gate, outcome, value }) => {
    const unit = unitOf(gate.figure);
    const measured = value === null ? "not measured" : formatValue(value, unit);
    return `${outcome.padEnd(7)} ${gate.figure}: ${measured}${value === null ? "" : `, ${boundText(gate, unit)}`}`;
  });
  const count = (outcome: Verdict["outcome"]) =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  return [...lines, `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`];
}
