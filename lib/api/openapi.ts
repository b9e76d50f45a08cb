import { z } from "zod";
import { schemas } from "./contract.ts";
import { applicationOperations } from "./openapi/application-operations.ts";
import { fleetOperations } from "./openapi/fleet-operations.ts";
import { type Operation, type Operations, ref, text } from "./openapi/operation.ts";
import { resourceOperations } from "./openapi/resource-operations.ts";
import { sessionOperations } from "./openapi/session-operations.ts";

const operations: Operations = {
  ...sessionOperations,
  ...applicationOperations,
  ...fleetOperations,
  ...resourceOperations,
};

/** The API's description in OpenAPI 3.1, made from the zod schemas that the server and the pages use. */
export function openApiDocument(): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "Driftglass",
      version: "1",
      description:
        "Changes need a same-origin `Origin` or `Sec-Fetch-Site` header and a JSON body. Errors are `application/problem+json`.",
    },
    paths: Object.fromEntries(
      Object.entries(operations).map(([at, methods]) => [
        at,
        Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, describe(operation)])),
      ]),
    ),
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "driftglass_session",
          description: "`__Host-driftglass_session` over HTTPS.",
        },
      },
    },
  };
}

function describe(operation: Operation): object {
  const { answer } = operation;
  const success =
    typeof answer === "string"
      ? { description: answer, content: { "application/json": { schema: ref(answer) } } }
      : {
          description: answer.description,
          ...(answer.type === "" ? {} : { content: { [answer.type]: { schema: text } } }),
        };
  return {
    summary: operation.summary,
    ...(operation.parameters ? { parameters: operation.parameters } : {}),
    ...(operation.body
      ? { requestBody: { required: true, content: { "application/json": { schema: ref(operation.body) } } } }
      : {}),
    security: operation.open ? [] : [{ session: [] }],
    responses: {
      [String(operation.status ?? 200)]: success,
      default: { description: "A problem", content: { "application/problem+json": { schema: ref("Problem") } } },
    },
  };
}

function componentSchemas(): object {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  // As input: answers may gain fields, so unknown ones are not ruled out.
  const made = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: "input" });
  // Each says its own address and dialect, which OpenAPI says for all of them.
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, schema]) => [id, { ...schema, $schema: undefined, $id: undefined }]),
  );
}
