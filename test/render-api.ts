import type { ApiDescription } from "#server/platform/openapi.ts";

/** The description of the API as a page for people: each endpoint, its sentence and who may. */
export function renderApi({ info, paths, tags }: ApiDescription): string {
  const lines = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(({ name }) => {
    const rows = lines
      .filter(({ operation }) => operation.tags.includes(name))
      .map(({ path, method, operation }) => {
        const access = String(operation["x-access"]);
        return `| \`${method.toUpperCase()} ${path}\` | ${operation.summary} | ${access} |`;
      });
    return `## ${name}\n\n| endpoint | what it does | who may |\n|---|---|---|\n${rows.join("\n")}\n`;
  });
  return `# The HTTP API

${String(info["description"])}

\`GET /api/openapi.json\` (or \`headroom openapi\`) has the whole description as OpenAPI 3.1, with every field of what is
asked and answered. This page is made from it: \`npm run api\`.

*Who may* names the permission; \`signed-in\` is everybody in the account, \`operator\` an operator of the installation
(a person, never a token), \`public\` everybody.

${sections.join("\n")}`;
}
