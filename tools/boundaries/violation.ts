/** One place where the code breaks a rule. */
export interface Violation {
  readonly rule: string;
  /** Relative to the workspace. */
  readonly file: string;
  readonly problem: string;
}
