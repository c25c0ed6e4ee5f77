import { readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { oneObject } from "../call/one-object.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-text.ts";
import { parametersField, wireParameters } from "../request/parameters.ts";
import { sendJson } from "../request/run-task.ts";
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
  const body = { inputs: { query, table }, ...parametersField(wireParameters(options)) };
  const answer = await sendJson(scope, "table-question-answering", body);
  return oneObject<TableQuestionAnsweringOutputElement>(
    await readJson(answer, scope.operation),
    scope.operation,
  );
}
