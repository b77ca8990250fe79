import type { RoomEnd } from "../../billing/room-end.ts";

/** What the wizard calls those who are not marketing contacts: a key of its texts. */
export function roomLabel(end: RoomEnd | null) {
  if (end === null) return "legend.nonMarketing";
  return end.isMaximum ? "legend.headroomMaximum" : "legend.headroom";
}
