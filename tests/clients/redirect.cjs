// Loaded before a client whose host is written into its code: what it asks of api.klout.com goes to EMULATOR instead.
"use strict";

const http = require("node:http");

const emulator = new URL(process.env.EMULATOR);
const request = http.request;

const redirected = (options) => {
  const host = options.host || options.hostname;
  if (host !== "api.klout.com") throw new Error(`a client of Klout asked ${host}`);
  return { ...options, host: emulator.hostname, hostname: emulator.hostname, port: emulator.port };
};

http.request = (options, ...rest) => request(redirected(options), ...rest);
http.get = (options, ...rest) => http.request(options, ...rest).end();
