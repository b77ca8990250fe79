import { expect, test } from "vitest";
import type { Output } from "./command.ts";
import { printTable } from "./print-table.ts";

function printed(...table: [Parameters<typeof printTable>[1], Parameters<typeof printTable>[2]]): string[] {
  const lines: string[] = [];
  const output: Output = { language: "en", line: (text) => lines.push(text), json() {}, progress() {} };
  printTable(output, ...table);
  return lines;
}

const columns = [{ head: "City" }, { head: "Contacts", isNumber: true }, { head: "State" }];

test("columns line up below their heads, and numbers at their end", () => {
  expect(
    printed(columns, [
      ["Łódź", "7", "on"],
      ["Jo\u0308nko\u0308ping", "12,345,678", ""],
    ]),
  ).toEqual([
    "City         Contacts  State",
    "Łódź                7  on",
    "Jo\u0308nko\u0308ping  12,345,678",
  ]);
});

test("without rows there are no heads", () => {
  expect(printed(columns, [])).toEqual([]);
});
