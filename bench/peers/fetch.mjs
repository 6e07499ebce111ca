// fetch.mjs - measures the same calls by Node's fetch
// SPDX-License-Identifier: MIT
// fetch.mjs URL SECONDS AT_ONCE
const [url, seconds, atOnce] = process.argv.slice(2);
const headers = { accept: "application/json", "x-auth-token": "0".repeat(32) };

async function get() {
  const response = await fetch(url, { headers });
  if ((await response.json()).number !== 10101) throw new Error("not it");
}

await get();
let count = 0;
const start = performance.now();
const end = start + seconds * 1000;
async function work() {
  while (performance.now() < end) {
    await get();
    count++;
  }
}
await Promise.all(Array.from({ length: Number(atOnce) }, work));
console.log(((count * 1000) / (performance.now() - start)).toFixed(1));
