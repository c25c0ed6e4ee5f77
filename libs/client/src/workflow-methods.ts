import { CoreModelMethods } from "./core-model-methods.ts";

/** The methods of workflows: running them and asking what they need and answer. */
export abstract class WorkflowMethods extends CoreModelMethods {}
