/** An event of a whole day. */
export interface CalendarEvent {
  readonly uid: string;
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly summary: string;
  readonly description: string;
}

interface CalendarFile {
  readonly name: string;
  readonly language: string;
  /** When its content was made; the same content keeps it. */
  readonly stamp: Date;
  readonly events: readonly CalendarEvent[];
}

const OCTETS = 75;

/** A calendar as RFC 5545 says: lines of 75 octets at most, CR LF, commas and the like escaped. */
export function writeCalendar({ name, language, stamp, events }: CalendarFile): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Headroom//Update dates//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${escaped(name)}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    "X-PUBLISHED-TTL:PT6H",
    ...events.flatMap((event) => eventLines(event, language, stamp)),
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}

function eventLines(
  { uid, day, summary, description }: CalendarEvent,
  language: string,
  stamp: Date,
): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${stamp.toISOString().replaceAll(/[-:]|\.\d+/g, "")}`,
    `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
    `DTEND;VALUE=DATE:${dayAfter(day).replaceAll("-", "")}`,
    `SUMMARY;LANGUAGE=${language}:${escaped(summary)}`,
    `DESCRIPTION;LANGUAGE=${language}:${escaped(description)}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r\n?|\n/g, "\\n");
}

/** A line longer than 75 octets goes on after CR LF and a blank; no letter is cut in two. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  for (const letter of line) {
    // The blank in front of a continued line counts as well.
    const limit = parts.length === 0 ? OCTETS : OCTETS - 1;
    if (Buffer.byteLength(part + letter) > limit) {
      parts.push(part);
      part = "";
    }
    part += letter;
  }
  return [...parts, part].join("\r\n ");
}
