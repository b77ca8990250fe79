/** "2026-11-18T10:00" as the wall clock of a zone shows an instant, for a datetime field. */
export function toWallClock(instant: string, zone: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return "";
  const style = { timeZone: zone, dateStyle: "short", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat("sv-SE", style).format(at).replace(" ", "T");
}

/** The instant at which the wall clock of a zone shows this; in a gap, the moment after it. */
export function fromWallClock(local: string, zone: string): string {
  const wanted = Date.parse(`${local}Z`);
  if (Number.isNaN(wanted)) return "";
  let at = wanted;
  for (let round = 0; round < 2; round++) {
    at += wanted - Date.parse(`${toWallClock(new Date(at).toISOString(), zone)}Z`);
  }
  return new Date(at).toISOString();
}
