import { expect, test } from "vitest";
import { roomEnd } from "./room-end.ts";

test("a maximum below the contact limit ends the room first", () => {
  expect(roomEnd({ contactLimit: 7000, maximum: 6500 })).toEqual({ at: 6500, isMaximum: true });
  expect(roomEnd({ contactLimit: 7000, maximum: 7000 })).toEqual({ at: 7000, isMaximum: false });
  expect(roomEnd({ contactLimit: 7000, maximum: 9000 })).toEqual({ at: 7000, isMaximum: false });
  expect(roomEnd({ contactLimit: 7000, maximum: null })).toEqual({ at: 7000, isMaximum: false });
  expect(roomEnd({ contactLimit: null, maximum: 6500 })).toBeNull();
});
