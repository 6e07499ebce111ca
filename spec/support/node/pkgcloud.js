// pkgcloud.js - logs in as pkgcloud's client of Rackspace does
// SPDX-License-Identifier: MIT
//
// pkgcloud.js URL USERNAME API_KEY PASSWORD
//
// Prints as JSON what the client knows after log-ins with the key, with the
// password and with another key, and what it gets with its token.
"use strict";

const rackspace = require("pkgcloud/lib/pkgcloud/rackspace/identity");
const openstack = require("pkgcloud/lib/pkgcloud/openstack/identity");

function logIn(url, credentials) {
  const identity = new rackspace.Identity({ url, ...credentials });
  return new Promise((resolve, reject) =>
    identity.authorize((error) => (error ? reject(error) : resolve(identity))),
  );
}

function summarize({ token, user, serviceCatalog }) {
  return {
    token: token.id,
    expires: token.expires,
    tenant: token.tenant.id,
    user: user.name,
    services: Object.keys(serviceCatalog.services).sort(),
  };
}

// Calls Identity's operations with the token of a log-in.
function ask(url, identity, method, ...values) {
  const client = new openstack.Client({ authUrl: url });
  client._identity = identity;
  client._serviceUrl = url;
  return new Promise((resolve, reject) =>
    client[method](...values, (error, body) =>
      error ? reject(error) : resolve(body),
    ),
  );
}

async function main([url, username, apiKey, password]) {
  const byKey = await logIn(url, { username, apiKey });
  const byPassword = await logIn(url, { username, password });
  const refused = await logIn(url, { username, apiKey: "another" }).catch(
    ({ statusCode, result }) => ({
      status: statusCode,
      message: result.unauthorized.message,
    }),
  );
  const { access } = await ask(url, byKey, "validateToken", byKey.token.id);
  const { tenants } = await ask(url, byKey, "getTenantInfo");
  const { tenant } = await ask(url, byKey, "getTenantInfo", tenants[0].id);
  const foreign = await ask(
    url,
    byKey,
    "validateToken",
    byKey.token.id,
    "7",
  ).catch(({ statusCode }) => ({ status: statusCode }));
  const result = {
    tenants: tenants.length,
    tenant: tenant.name,
    foreign: foreign.status,
    by_key: summarize(byKey),
    by_password: summarize(byPassword),
    refused,
    validated: { token: access.token.id, user: access.user.name },
  };
  console.log(JSON.stringify(result));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
