import type { FastifyReply, FastifyRequest } from "fastify";
import * as contract from "#contract/imports.ts";
import { AppError } from "#server/platform/errors.ts";
import { parseAsked } from "#server/platform/parse-input.ts";
import { inputOf, type Route, rawRoute, route } from "#server/platform/route.ts";
import { checkImport } from "./check-import.ts";
import { deleteImport } from "./delete-import.ts";
import { createExport, openExport } from "./export/export-contacts.ts";
import { downloadRejections } from "./rejections/download-rejections.ts";
import { listRejections } from "./rejections/list-rejections.ts";
import { retryRows } from "./rejections/retry-rows.ts";
import { listImports, showImport } from "./show-import.ts";
import { startImport } from "./start-import.ts";
import { uploadImport } from "./upload/upload-import.ts";

/** A form names the file itself. */
const formInput = contract.uploadImport.input.partial();

async function upload(
  request: FastifyRequest,
): Promise<{ fileName: string; bytes: AsyncIterable<Uint8Array> }> {
  if (request.isMultipart()) {
    const { fileName } = parseAsked(formInput, request.query);
    const file = await request.file();
    if (!file) throw new AppError("invalid_input", "imports:no_file");
    return { fileName: fileName ?? file.filename, bytes: file.file };
  }
  if (!request.body) throw new AppError("invalid_input", "imports:no_file");
  return {
    ...parseAsked(contract.uploadImport.input, request.query),
    bytes: request.body as AsyncIterable<Uint8Array>,
  };
}

async function sendCsv(
  reply: FastifyReply,
  { fileName, csv }: { fileName: string; csv: NodeJS.ReadableStream },
): Promise<FastifyReply> {
  const plain = fileName.replace(/[^\w. -]/g, "_");
  return reply
    .type("text/csv; charset=utf-8")
    .header(
      "content-disposition",
      `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    )
    .header("cache-control", "no-store")
    .send(csv);
}

export const routes: Route[] = [
  route(contract.listImports, "contacts.import", listImports),
  rawRoute({
    method: contract.uploadImport.method,
    path: contract.uploadImport.path,
    access: "contacts.import",
    endpoint: contract.uploadImport,
    upload: true,
    answer: async (context, request) => uploadImport(context, await upload(request)),
  }),
  route(contract.showImport, "contacts.import", showImport),
  route(contract.checkImport, "contacts.import", checkImport),
  route(contract.startImport, "contacts.import", startImport),
  route(contract.deleteImport, "contacts.import", deleteImport),
  route(contract.listRejections, "contacts.import", listRejections),
  route(contract.retryRows, "contacts.import", retryRows),
  rawRoute({
    method: contract.downloadRejections.method,
    path: contract.downloadRejections.path,
    access: "contacts.import",
    answer: async (context, request, reply) =>
      sendCsv(
        reply,
        await downloadRejections(context, parseAsked(contract.downloadRejections.input, inputOf(request))),
      ),
  }),
  route(contract.createExport, "contacts.export", createExport),
  rawRoute({
    method: contract.downloadExport.method,
    path: contract.downloadExport.path,
    access: "contacts.export",
    answer: async (context, request, reply) =>
      sendCsv(reply, await openExport(context, parseAsked(contract.downloadExport.input, inputOf(request)))),
  }),
];
