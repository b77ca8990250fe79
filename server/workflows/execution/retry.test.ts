import { describe, expect, it } from "vitest";
import { AppError } from "#server/platform/errors.ts";
import { batchSize, pauseAfter, troubleOf } from "./retry.ts";

describe("pauseAfter", () => {
  it.each([
    [0, null, 15],
    [1, null, 30],
    [8, null, 3_600],
    [500, null, 3_600],
    [0, 120, 120],
    [0, 0, 15],
    [9, 60, 60],
    [0, 10_000_000, 86_400],
  ])("after %i tries, asked for %s, waits %i s", (tries, asked, seconds) => {
    expect(pauseAfter(tries, asked)).toBe(seconds);
  });
});

describe("batchSize", () => {
  it("leaves the contact to blame alone", () => {
    expect([0, 1, 2, 3].map((crashes) => batchSize(crashes, false))).toEqual([5_000, 50, 1, 1]);
  });
});

describe("troubleOf", () => {
  it.each([
    ["a limit of another app", new AppError("too_many_requests", "http:too_many_requests"), "retry"],
    ["a part that is away", new AppError("unavailable", "http:unavailable"), "retry"],
    ["a list that is gone", new AppError("not_found", "lists:not_found"), "park"],
    ["a lost connection", new Error("Connection terminated"), "retry"],
  ])("%s: %#", (_, error, kind) => expect(troubleOf(error).kind).toBe(kind));

  it.each([
    ["a value that does not fit", Object.assign(new Error("too long"), { code: "22001" }), true],
    ["a lock that cannot be had", Object.assign(new Error("timeout"), { code: "55P03" }), false],
    ["a lost connection", new Error("Connection terminated"), false],
  ])("%s lies with one of those tried together: %#", (_, error, apart) => {
    expect(troubleOf(error).apart).toBe(apart);
  });
});
