import { describe, expect, it } from "vitest";
import { edited, redone, startHistory, undone } from "./edit-history.ts";

describe("edit history", () => {
  const two = edited(edited(startHistory("a"), "b", null), "c", null);

  it("goes back and forth", () => {
    expect(undone(two).now).toBe("b");
    expect(undone(undone(undone(two))).now).toBe("a");
    expect(redone(undone(two)).now).toBe("c");
    expect(redone(two)).toEqual(two);
  });

  it("forgets what was undone once something else is done", () =>
    expect(edited(undone(two), "x", null)).toMatchObject({ past: ["a", "b"], now: "x", future: [] }));

  it("takes writing on in one field as one edit", () => {
    const written = edited(edited(edited(startHistory(""), "h", "title"), "he", "title"), "hej", "title");
    expect(undone(written).now).toBe("");
    expect(undone(edited(written, "hej!", "text")).now).toBe("hej");
  });
});
