/** All texts of this language, by file. */
export const texts = import.meta.glob<object>("./pl/*.json", { eager: true, import: "default" });
