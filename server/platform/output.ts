import type { Language } from "#contract/languages.ts";
import { languages } from "#contract/languages.ts";
import type { Output } from "./command.ts";

export interface ClosableOutput extends Output {
  /** Prints the object that `--json` asked for, as the last line. */
  end(): void;
}

const BAR_CELLS = 30;
const CLEAR_LINE = "\r\u001b[2K";

/** Speaks to standard output; with `json` people's lines move to standard error. */
export function createOutput(language: Language, json: boolean): ClosableOutput {
  let result: Record<string, unknown> | undefined;
  let barShown = false;
  const clearBar = () => {
    if (barShown) process.stderr.write(CLEAR_LINE);
    barShown = false;
  };
  return {
    language,
    line(text) {
      clearBar();
      (json ? process.stderr : process.stdout).write(`${text}\n`);
    },
    json(value) {
      result = value;
    },
    progress(done, total) {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`${CLEAR_LINE}${bar(done, total, language)}`);
      barShown = true;
    },
    end() {
      clearBar();
      if (json) process.stdout.write(`${JSON.stringify(result ?? {})}\n`);
    },
  };
}

function bar(done: number, total: number, language: Language): string {
  const part = total > 0 ? Math.min(done / total, 1) : 0;
  const filled = Math.round(part * BAR_CELLS);
  const percent = new Intl.NumberFormat(language, { style: "percent" }).format(part);
  const count = new Intl.NumberFormat(language);
  const cells = "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
  return `${cells} ${percent}  ${count.format(done)} / ${count.format(total)}`;
}

/** The language of the terminal: HEADROOM_LANGUAGE, else what the system says, else English. */
export function terminalLanguage(environment: NodeJS.ProcessEnv): Language {
  const { HEADROOM_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = environment;
  const wanted = (HEADROOM_LANGUAGE || LC_ALL || LC_MESSAGES || LANG || "en").slice(0, 2).toLowerCase();
  return languages.find((language) => language === wanted) ?? "en";
}
