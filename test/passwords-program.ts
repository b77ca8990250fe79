import { readPasswords } from "#server/platform/embedded-postgres/owner.ts";

/** Says what a program that starts at the given moment (milliseconds) believes the passwords are. */
const [folder = "", at = "0"] = process.argv.slice(2);
while (Date.now() < Number(at)) continue;
console.log(JSON.stringify(readPasswords(folder)));
