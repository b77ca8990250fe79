/** One record of a file, before its values are understood. */
export interface Row {
  /** Where the record begins, counted as an editor counts; in a sheet the row's number. */
  readonly line: number;
  readonly fields: string[];
  /** The record itself is malformed: text after a closing quote, or bytes that no character has. */
  readonly problem?: "quotes" | "unreadable";
}
