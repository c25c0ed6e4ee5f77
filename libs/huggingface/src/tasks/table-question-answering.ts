import { oneObject } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-arguments.ts";
import { askJson } from "../request/run-task.ts";
import type { Table, TableQuestionAnsweringOutputElement } from "../results.ts";
import { checkTable } from "./check-table.ts";

/** Options of `tableQuestionAnswering`. */
export interface TableQuestionAnsweringOptions extends TaskOptions {
  readonly padding?: "do_not_pad" | "longest" | "max_length" | null | undefined;
  readonly sequential?: boolean | null | undefined;
  readonly truncation?: boolean | null | undefined;
}

/** The answer to a question out of a table. */
export async function tableQuestionAnswering(
  scope: CallScope,
  table: Table,
  query: string,
  options: TableQuestionAnsweringOptions,
): Promise<TableQuestionAnsweringOutputElement> {
  checkTable(table);
  checkText("query", query);
  return oneObject<TableQuestionAnsweringOutputElement>(
    await askJson(scope, "table-question-answering", { inputs: { query, table } }, options),
    scope.operation,
  );
}
