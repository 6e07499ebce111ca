// mcp.js - uses the tools of `rackspace mcp` as the protocol's own client does
// SPDX-License-Identifier: MIT
//
// mcp.js PROGRAM WORDS...
//
// Starts the program with these words, and prints as JSON what it serves, and
// what some calls give.
"use strict";

const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const {
  StdioClientTransport,
} = require("@modelcontextprotocol/sdk/client/stdio.js");

async function callAll(client) {
  const account = "CLOUD/10101";
  const calls = {
    get: ["accounts_get", { account }],
    list: ["accounts_list", { max_items: 2 }],
    comment: ["tickets_comment", { ticketId: "180404-00001", text: "Done." }],
    missing: ["accounts_get", { account: "CLOUD/99" }],
    mistake: ["accounts_get", { account: 5 }],
  };
  const results = {};
  for (const [key, [name, args]] of Object.entries(calls))
    results[key] = await client.callTool({ name, arguments: args });
  results.unknown = await client
    .callTool({ name: "tickets_create", arguments: {} })
    .catch(({ code }) => ({ code }));
  return results;
}

async function main([command, ...args]) {
  const client = new Client({ name: "spec", version: "1.0.0" });
  await client.connect(
    new StdioClientTransport({ command, args, env: process.env }),
  );
  await client.ping();
  const { resources } = await client.listResources();
  const result = {
    server: client.getServerVersion(),
    tools: (await client.listTools()).tools.map(({ name }) => name),
    calls: await callAll(client),
    resources: resources.map(({ uri }) => uri),
    page: await client.readResource({ uri: resources[0].uri }),
    operation: await client.readResource({
      uri: "rackspace://operations/tickets.create",
    }),
  };
  await client.close();
  console.log(JSON.stringify(result));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
