import type { TaskOptions } from "../client-options.ts";
import type { Table, TableQuestionAnsweringOutputElement } from "../results.ts";
import type { TableQuestionAnsweringOptions } from "../tasks/table-question-answering.ts";
import { textTasks } from "./task-modules.ts";
import { TextMethods } from "./text-methods.ts";

/** Methods of the tabular tasks. */
export class TabularMethods extends TextMethods {
  /**
   * Finds the answer to a question in a table.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * const table = { Repo: ["a", "b"], Stars: ["1", "2"] };
   * console.log((await client.tableQuestionAnswering(table, "How many stars has b?")).answer);
   * ```
   */
  tableQuestionAnswering(
    table: Table,
    query: string,
    options: TableQuestionAnsweringOptions = {},
  ): Promise<TableQuestionAnsweringOutputElement> {
    return this.task(textTasks, "tableQuestionAnswering", table, query, options);
  }

  /**
   * A label for each row of a table.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * console.log(await client.tabularClassification({ acidity: ["7.4", "7.8"], pH: ["3.5", "3.2"] }));
   * ```
   */
  tabularClassification(table: Table, options: TaskOptions = {}): Promise<unknown[]> {
    return this.task(textTasks, "tabularClassification", table, options);
  }

  /**
   * A number for each row of a table.
   *
   * @throws HTTPCallError when the server refuses, InferenceTimeoutError when there is no result in time, ServerConnectionError,
   *   InvalidResponseError, AbortedError; InvalidParameterError for arguments that cannot be sent.
   *
   * @example
   * ```ts no-run: needs a model that does this
   * const client = new InferenceClient({ model: "user/model" });
   * console.log(await client.tabularRegression({ height: ["11.5", "12.4"] }));
   * ```
   */
  tabularRegression(table: Table, options: TaskOptions = {}): Promise<number[]> {
    return this.task(textTasks, "tabularRegression", table, options);
  }
}
