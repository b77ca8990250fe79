import type { FastifyReply, FastifyRequest } from "fastify";
import * as contract from "#contract/usage.ts";
import type { Context } from "#server/platform/context.ts";
import { parseAsked } from "#server/platform/parse-input.ts";
import { inputOf, type Route, rawRoute, route } from "#server/platform/route.ts";
import { showStatement } from "./show-statement.ts";
import { statementFileName } from "./statement-file-name.ts";
import { writeStatementCsv } from "./write-statement-csv.ts";
import { writeStatementPdf } from "./write-statement-pdf.ts";

async function download(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { format, ...input } = parseAsked(contract.downloadStatement.input, inputOf(request));
  const statement = await showStatement(context, input);
  const { language } = context.actor;
  const isPdf = format === "pdf";
  return reply
    .type(isPdf ? "application/pdf" : "text/csv; charset=utf-8")
    .header("content-disposition", `attachment; filename="${statementFileName(statement)}.${format}"`)
    .header("cache-control", "no-store")
    .send(isPdf ? await writeStatementPdf(statement, language) : writeStatementCsv(statement, language));
}

export const routes: Route[] = [
  route(contract.showStatement, "contacts.view", showStatement),
  rawRoute({
    method: contract.downloadStatement.method,
    path: contract.downloadStatement.path,
    access: "contacts.view",
    answer: download,
  }),
];
