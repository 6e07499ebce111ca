// prism.js - Prism's mock of an OpenAPI document, a server for each seed
// SPDX-License-Identifier: MIT
//
// prism.js DOCUMENT SEEDS PROBABILITY STATUS
//
// Prints the URL of each server, and ends with its standard input. The answers
// are made up from the document's schema for the status; the same seed makes
// the same answers. An optional property is there with the probability.
"use strict";

const { JSONSchemaFaker } = require("json-schema-faker");
const { createLogger } = require("@stoplight/prism-core");
const { getHttpOperationsFromSpec } = require("@stoplight/prism-http");
const { createServer } = require("@stoplight/prism-http-server");

function serve(operations, status, seed) {
  return createServer(operations, {
    components: { logger: createLogger("mock", { level: "silent" }) },
    cors: false,
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: true,
      mock: { dynamic: true, code: Number(status), seed: String(seed) },
    },
  }).listen(0, "127.0.0.1");
}

async function main([document, seeds, probability, status]) {
  const operations = await getHttpOperationsFromSpec(document);
  JSONSchemaFaker.option({
    alwaysFakeOptionals: probability === "1",
    optionalsProbability: Number(probability),
    fixedProbabilities: false,
  });
  for (let seed = 1; seed <= Number(seeds); seed++)
    console.log(await serve(operations, status, seed));
  process.stdin.resume().on("end", () => process.exit());
}

main(process.argv.slice(2));
