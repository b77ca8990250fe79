import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "./config.ts";
import { AppError } from "./errors.ts";
import { writeOnce } from "./write-once.ts";

const FORM = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Secrets that must be read again, such as the password of the mail server, are stored sealed (AES-256-GCM). The key
 * is made from HEADROOM_SECRET, or kept beside the database in the data folder: who has only a dump reads nothing.
 */
export function seal(secret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", installationKey(), iv);
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return `${FORM}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** Refuses what another key has sealed: the data was moved without its key. */
export function unseal(sealed: string): string {
  try {
    const bytes = Buffer.from(sealed.slice(FORM.length + 1), "base64url");
    const decipher = createDecipheriv("aes-256-gcm", installationKey(), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    throw new AppError("unavailable", "mail:secret_unreadable");
  }
}

function installationKey(): Buffer {
  return derivedKey("headroom sealed secrets");
}

/** A key of the installation for one purpose: the same each time, and stored nowhere. */
export function derivedKey(purpose: string): Buffer {
  const { secret, dataFolder } = readConfig(process.env);
  const material = secret ?? keptSecret(dataFolder);
  return Buffer.from(hkdfSync("sha256", material, "", purpose, 32));
}

/** Made when first needed, whole or not at all; of two that make it at once, one wins and both read it. */
function keptSecret(folder: string): string {
  const file = join(folder, "secret.key");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeOnce(file, `${randomBytes(32).toString("base64url")}\n`);
  }
  return readFileSync(file, "utf8").trim();
}
