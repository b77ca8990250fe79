import type { Permission } from "#contract/permissions.ts";
import { recordEvent } from "#server/events/record-event.ts";
import { type Context, inTransaction } from "#server/platform/context.ts";
import { AppError } from "#server/platform/errors.ts";
import { notify } from "../notices/notify.ts";
import { findRole } from "../roles/find-role.ts";
import { findUser } from "../sessions/queries.ts";
import { answerRequestRow, insertRequest, type Request } from "./queries.ts";
import { requireUser } from "./require-user.ts";
import { updateUser } from "./update-user.ts";

/** Asks the people who can grant it for a permission or a feature. Asking twice is asking once. */
export function ask(context: Context, request: Request): Promise<void> {
  requireUser(context);
  return inTransaction(context, async (context) => {
    if (!(await insertRequest(context, request))) return;
    const { kind, name } = request;
    await notify(context, {
      to: { permission: "users.edit" },
      key: "accounts:notice_asked",
      details: { name: await nameOf(context) },
      link: "/settings/users",
      mail: true,
    });
    await recordEvent(context, { type: "request.asked", details: { kind, name } });
  });
}

interface Answer {
  readonly id: string;
  readonly answer: "granted" | "declined";
  readonly roleId?: string | undefined;
}

/** Answers a request. A granted permission comes with a role that has it. */
export function answerRequest(context: Context, { id, answer, roleId }: Answer): Promise<void> {
  return inTransaction(context, async (context) => {
    const request = await answerRequestRow(context, { id, answer });
    if (request === undefined) throw new AppError("not_found", "accounts:request_not_found");
    const { kind, name, userId } = request;
    if (answer === "granted" && kind === "permission") await grant(context, { userId, name, roleId });
    await notify(context, {
      to: { userIds: [userId] },
      key: "accounts:notice_answered",
      details: { name: await nameOf(context) },
      link: "/notices",
      mail: true,
    });
    await recordEvent(context, { type: `request.${answer}`, details: { kind, name, userId } });
  });
}

async function nameOf(context: Context): Promise<string> {
  const { type, id } = context.actor;
  const user = type === "user" && id !== null ? await findUser(context.db, id) : undefined;
  return user?.name ?? "Headroom";
}

interface Grant {
  readonly userId: string;
  readonly name: string;
  readonly roleId: string | undefined;
}

async function grant(context: Context, { userId, name, roleId }: Grant): Promise<void> {
  const role = roleId === undefined ? undefined : await findRole(context, roleId);
  if (role === undefined || !role.permissions.includes(name as Permission)) {
    throw new AppError("invalid_input", "accounts:role_lacks_permission", { permission: name });
  }
  await updateUser(context, { id: userId, roleId: role.id });
}
