import { expect, test } from "vitest";
import type { WorkflowRow } from "../workflow-query.ts";
import { readSort, shownWorkflows } from "./shown-workflows.ts";

const compare = new Intl.Collator("sv", { numeric: true }).compare;

function row(name: string, more: Partial<WorkflowRow> = {}): WorkflowRow {
  return {
    id: name,
    name,
    folder: "",
    owner: { id: "1", name: "Anna" },
    state: "on",
    pauseReason: null,
    version: 1,
    enrolled: 0,
    active: 0,
    waiting: 0,
    retrying: 0,
    parked: 0,
    changedAt: "2026-11-01T00:00:00.000Z",
    changedBy: null,
    ...more,
  };
}

const rows = [
  row("Åke", { enrolled: 3, state: "off" }),
  row("Łukasz", { enrolled: 12, parked: 1 }),
  row("Bo", { folder: "Fairs", enrolled: 12 }),
];
const names = (search: Parameters<typeof shownWorkflows>[1]) =>
  shownWorkflows(rows, search, compare).map(({ name }) => name);

test("workflows stand by name as the language sorts", () => {
  expect(names({})).toEqual(["Bo", "Łukasz", "Åke"]);
  expect(names({ sort: "-name" })).toEqual(["Åke", "Łukasz", "Bo"]);
});

test("numbers sort by their size, and equals by name", () => {
  expect(names({ sort: "-enrolled" })).toEqual(["Bo", "Łukasz", "Åke"]);
  expect(names({ sort: "-failing" })).toEqual(["Łukasz", "Bo", "Åke"]);
});

test("search, folder and state narrow what is shown, whatever the accents", () => {
  expect(names({ query: "lukasz" })).toEqual(["Łukasz"]);
  expect(names({ folder: "Fairs" })).toEqual(["Bo"]);
  expect(names({ state: "off" })).toEqual(["Åke"]);
});

test("an unknown column sorts by name", () => {
  expect(readSort("-no-such")).toEqual({ by: "name", descending: false });
});
