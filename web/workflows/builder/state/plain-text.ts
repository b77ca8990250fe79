/** Without case and accents, as people type. */
export function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
}
