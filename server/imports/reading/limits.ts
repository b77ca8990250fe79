/** Longest value a property holds, in characters: HubSpot's limit too. */
export const MAX_VALUE = 65_536;

/** Longest record, in characters: far above anything written by a program, far below the memory of one. */
export const MAX_RECORD = 4 * 1024 * 1024;

export const MAX_COLUMNS = 1000;

/** Rows of an .xlsx file, whose reader holds the whole sheet in memory. */
export const MAX_XLSX_ROWS = 50_000;

/** Bytes of an .xlsx file, packed and unpacked. */
export const MAX_XLSX_BYTES = 30 * 1024 * 1024;
export const MAX_XLSX_UNPACKED = 150 * 1024 * 1024;
