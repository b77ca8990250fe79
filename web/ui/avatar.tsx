import classes from "./avatar.module.css";

interface AvatarProps {
  readonly name: string;
  /** Pixels: 20 in lists, 26 in menus, 44 in headers. */
  readonly size?: number;
}

/** Initials in a circle; decoration beside a name that is written out. */
export function Avatar({ name, size = 26 }: AvatarProps) {
  const fontSize = size >= 40 ? 15 : Math.max(9, Math.round(size * 0.42));
  return (
    <span className={classes["avatar"]} style={{ width: size, height: size, fontSize }} aria-hidden>
      {initials(name)}
    </span>
  );
}

/** "Łucja Brzozowska" -> "ŁB", "anna@x.test" -> "A". */
function initials(name: string): string {
  const words = name.replace(/@.*/, "").split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 32).toLocaleUpperCase()).join("");
}
