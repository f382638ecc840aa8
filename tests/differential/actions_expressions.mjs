// Evaluates expressions with GitHub's own package: lines of {"expression", "contexts"} in, lines of {"value"} or {"error"} out.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { Lexer, Parser, Evaluator, data } = await import(pathToFileURL(process.argv[2] + "/dist/index.js"));

const valued = (plain) => JSON.parse(JSON.stringify(plain), data.reviver);
const seen = (value) => {
  if (value instanceof data.Null) return null;
  if (value instanceof data.NumberData) return { number: value.coerceString() };
  if (value instanceof data.StringData || value instanceof data.BooleanData) return value.value;
  if (value instanceof data.Array) return value.values().map(seen);
  return { object: value.pairs().map((pair) => [pair.key, seen(pair.value)]) };
};

for await (const line of createInterface({ input: process.stdin })) {
  const { expression, contexts } = JSON.parse(line);
  let answer;
  try {
    const { tokens } = new Lexer(expression).lex();
    const tree = new Parser(tokens, Object.keys(contexts), []).parse();
    answer = { value: seen(new Evaluator(tree, valued(contexts)).evaluate()) };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  console.log(JSON.stringify(answer));
}
