import type { ErrorBody } from "../../contract/errors.ts";
import { ApiError, tabAccount } from "../api.ts";
import { currentLanguage } from "../i18n.ts";
import type { ImportView } from "./import-query.ts";

/** Sends the file as it is and tells how far it got, which fetch cannot. */
export function uploadFile(file: File, onProgress: (share: number) => void): Promise<ImportView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/imports?fileName=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("accept-language", currentLanguage());
    const account = tabAccount();
    if (account !== null) request.setRequestHeader("x-headroom-account", account);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) =>
      onProgress(event.loaded / Math.max(1, event.total)),
    );
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(request.response as ImportView);
      else reject(refusal(request));
    });
    request.addEventListener("error", () =>
      reject(new ApiError(0, { code: "offline", reason: "ui:offline", message: "", details: {} })),
    );
    request.send(file);
  });
}

function refusal(request: XMLHttpRequest): ApiError {
  const body = request.response as ErrorBody | null;
  const unknown = { code: "internal", reason: "", message: "", details: {} } as const;
  return new ApiError(request.status, body?.error ?? unknown);
}
