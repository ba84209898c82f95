/**
 * Writes the types of the page's client from the document that the server gives out at `/openapi.json`.
 *
 * `deno run -A _tools/api_types.ts`
 *
 * @module
 */

import { hostContext } from "../compose/context.ts";
import { loadPipeline, pipelineStatus, runPipeline } from "../core/run/mod.ts";
import { serve } from "../ui/server/mod.ts";

/** As much of a schema as the server's have. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Operation {
  readonly summary: string;
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** As much of the document as is read here. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Where they stand. */
export const FILE: URL = new URL("../ui/web/api/generated.ts", import.meta.url);

const HEAD = `// deno-fmt-ignore-file
/**
 * Written by \`deno run -A _tools/api_types.ts\` from what the server says of itself at \`/openapi.json\`.
 *
 * @module
 */
`;

/** The text of the file. */
export function apiTypes({ paths, components: { schemas } }: ApiDocument): string {
  const named = Object.entries(schemas).map(([name, schema]) =>
    property(name, schema, { isNeeded: true, indent: "  " })
  );
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationText(`${method.toUpperCase()} ${path}`, operation))
  );
  return [
    HEAD,
    `/** What requests and answers are made of. */\nexport interface Schemas {\n${named.join("")}}\n`,
    `/** What is asked and answered, by method and address. */\nexport interface Operations {\n${
      operations.join("")
    }}\n`,
  ].join("\n");
}

function operationText(name: string, { summary, requestBody, responses }: Operation): string {
  const body = jsonOf(requestBody);
  const answer = jsonOf(responses[200]);
  const indent = "    ";
  const fields = [
    body === undefined ? "" : `${indent}readonly body: ${typeOf(body, indent)};\n`,
    `${indent}readonly answer: ${answer === undefined ? "unknown" : typeOf(answer, indent)};\n`,
  ];
  return `  /** ${words(summary)} */\n  readonly ${JSON.stringify(name)}: {\n${fields.join("")}  };\n`;
}

function jsonOf(content: Content | undefined): Schema | undefined {
  return content?.content?.["application/json"]?.schema;
}

function property(
  name: string,
  schema: Schema,
  { isNeeded, indent }: { readonly isNeeded: boolean; readonly indent: string },
): string {
  const comment = schema.description === undefined ? "" : `${indent}/** ${words(schema.description)} */\n`;
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
  return `${comment}${indent}readonly ${key}${isNeeded ? "" : "?"}: ${typeOf(schema, indent)};\n`;
}

function typeOf(schema: Schema, indent: string): string {
  const { $ref, enum: values, anyOf, oneOf, allOf, prefixItems, items, type } = schema;
  if ($ref !== undefined) return `Schemas[${JSON.stringify($ref.split("/").at(-1))}]`;
  if ("const" in schema) return JSON.stringify(schema.const);
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  const either = anyOf ?? oneOf ?? (Array.isArray(type) ? type.map((type) => ({ ...schema, type })) : undefined);
  if (either !== undefined) return either.map((one) => typeOf(one, indent)).join(" | ");
  if (allOf !== undefined) return allOf.map((one) => typeOf(one, indent)).join(" & ");
  if (prefixItems !== undefined) return `readonly [${prefixItems.map((item) => typeOf(item, indent)).join(", ")}]`;
  switch (type) {
    case "array":
      return `readonly (${typeOf(items ?? {}, indent)})[]`;
    case "object":
      return objectText(schema, indent);
    case "integer":
      return "number";
    case "string":
    case "number":
    case "boolean":
    case "null":
      return type;
    case undefined:
      return "unknown";
  }
  throw new Error(`The document has a type that is not known here: ${type}`);
}

function objectText({ properties = {}, required = [], additionalProperties }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, schema]) =>
    property(name, schema, { isNeeded: required.includes(name), indent: inner })
  );
  if (typeof additionalProperties === "object") {
    fields.push(`${inner}readonly [name: string]: ${typeOf(additionalProperties, inner)};\n`);
  }
  return `{\n${fields.join("")}${indent}}`;
}

function words(text: string): string {
  return text.replaceAll("*/", "*\\/").replaceAll("\n", " ");
}

async function documentOfServer(): Promise<ApiDocument> {
  const engine = { loadPipeline, pipelineStatus, runPipeline };
  const assets = { get: () => undefined };
  const serving = serve({ context: hostContext(), engine, place: { root: Deno.cwd() }, assets, version: "0" });
  try {
    return await (await fetch(new URL("/openapi.json", serving.url))).json();
  } finally {
    await serving.close();
  }
}

if (import.meta.main) Deno.writeTextFileSync(FILE, apiTypes(await documentOfServer()));
