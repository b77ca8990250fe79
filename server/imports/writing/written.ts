/** What became of the rows of a chunk, by line. */
export interface Written {
  readonly created: Map<string, string>;
  readonly known: Map<string, string>;
  readonly changedIds: Set<string>;
  readonly rejected: { line: string; code: string }[];
}
