// node ask.cjs CLIENT METHOD [ARGUMENT ...]: calls one method of an installed client and prints what it handed back, as
// JSON: {"error": its message or null, "result": ..., "headers": those of a reply that came with an error}. An argument
// that is JSON is passed as what it says.
"use strict";

const { createRequire } = require("node:module");
const path = require("node:path");

const installed = createRequire(path.join(process.env.CLIENTS, "/"));

const clients = {
  coffee_klout: () => {
    const Klout = installed("coffee_klout");
    Klout.prototype.baseUri = process.env.EMULATOR;
    return new Klout({ key: process.env.KEY });
  },
  node_klout: () => new (installed("node_klout"))(process.env.KEY),
  klout: () => {
    const klout = installed("klout");
    klout.configure(process.env.KEY);
    return klout;
  },
};

const value = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const [client, method, ...texts] = process.argv.slice(2);
clients[client]()[method](...texts.map(value), (error, result) => {
  const headers = error && result ? result.headers : undefined;
  console.log(JSON.stringify({ error: error && error.message, result: error ? undefined : result, headers }));
});
