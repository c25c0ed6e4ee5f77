import { badShape } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askJson } from "../request/run-task.ts";
import type { Table } from "../results.ts";
import { checkTable } from "./check-table.ts";

/** A label for each row of a table. */
export async function tabularClassification(
  scope: CallScope,
  table: Table,
  options: TaskOptions,
): Promise<unknown[]> {
  checkTable(table);
  const value = await askJson(scope, "tabular-classification", { table }, options);
  return Array.isArray(value) ? value : badShape(scope.operation, "", "a list", value);
}
