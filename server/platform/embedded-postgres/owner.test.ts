import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { buildProgram, runProgram, temporaryFolder } from "#test/processes.ts";

test("programs that start at the same moment agree on the passwords", async () => {
  const program = await buildProgram("test/passwords-program.ts");
  try {
    for (let round = 0; round < 5; round++) {
      const folder = temporaryFolder();
      const at = String(Date.now() + 1_000);
      const several = [1, 2, 3, 4, 5, 6].map(() => runProgram(program.file, [folder, at]));
      const said = await Promise.all(several.map((one) => one.says((line) => "owner" in line)));
      expect(new Set(said.map((line) => JSON.stringify(line))).size).toBe(1);
      rmSync(folder, { recursive: true });
    }
  } finally {
    program.remove();
  }
}, 120_000);
