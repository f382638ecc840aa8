// Reads workflows with GitHub's own package: lines of {"text"} in, lines of {"errors": [message, ...]} out.
import { register } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

// The package imports its schema as JSON without saying so, which Node.js asks for.
const hooks = `export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  return found.url.endsWith(".json") ? { ...found, importAttributes: { type: "json" } } : found;
}`;
register("data:text/javascript," + encodeURIComponent(hooks));

const { parseWorkflow, NoOperationTraceWriter, convertWorkflowTemplate } = await import(pathToFileURL(process.argv[2] + "/dist/index.js"));

for await (const line of createInterface({ input: process.stdin })) {
  const { text } = JSON.parse(line);
  const { context, value } = parseWorkflow({ name: "workflow.yml", content: text }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value, undefined, { errorPolicy: 1 });
  console.log(JSON.stringify({ errors: context.errors.getErrors().map((error) => error.message) }));
}
