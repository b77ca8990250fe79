import { expect, test } from "vitest";
import { fullInDays } from "./pace.ts";

test("the pace is that of all days given", () => {
  const days = [
    { ago: 90, marketing: 100 },
    { ago: 30, marketing: 900 },
  ];
  expect(fullInDays({ marketing: 1000, headroom: 95 }, days)).toBe(10);
});

test.for([
  ["no history", { marketing: 100, headroom: 10 }, []],
  ["a short history", { marketing: 100, headroom: 10 }, [{ ago: 13, marketing: 0 }]],
  ["no limit", { marketing: 100, headroom: null }, [{ ago: 90, marketing: 0 }]],
  ["a limit that is passed", { marketing: 100, headroom: -1 }, [{ ago: 90, marketing: 0 }]],
  ["a limit that is reached", { marketing: 100, headroom: 0 }, [{ ago: 90, marketing: 0 }]],
  ["usage that stays", { marketing: 100, headroom: 10 }, [{ ago: 90, marketing: 100 }]],
  ["usage that falls", { marketing: 90, headroom: 10 }, [{ ago: 90, marketing: 100 }]],
  ["more than a year", { marketing: 101, headroom: 500 }, [{ ago: 90, marketing: 100 }]],
] as const)("%s says nothing", ([, usage, days]) => {
  expect(fullInDays(usage, days)).toBeNull();
});
