// Decides over requests with the simulator of others: lines of a simulation in, lines of {"result", "ignored"} or {"error"} out.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { runSimulation } = await import(pathToFileURL(process.argv[2] + "/dist/esm/index.js"));

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const found = await runSimulation(JSON.parse(line), {});
    const of = (one) => ({ result: found.overallResult, ignored: one?.ignoredContextKeys ?? [] });
    if (found.resultType === "error") answer = { error: JSON.stringify(found.errors) };
    else answer = of(found.resultType === "single" ? found.result : found.results[0]);
  } catch (error) {
    answer = { error: String(error.stack ?? error) };
  }
  console.log(JSON.stringify(answer));
}
