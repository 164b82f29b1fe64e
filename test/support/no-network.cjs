// Preloaded into a process that must not reach the network: whoever tries is stopped, and the attempt is printed.
const dns = require('node:dns');
const net = require('node:net');
const process = require('node:process');

function refuse(what) {
  const error = new Error(`no-network: ${what}`);
  process.stderr.write(`${error.stack}\n`);
  throw error;
}

net.Socket.prototype.connect = (...args) => refuse(`connect ${JSON.stringify(args[0])}`);
dns.lookup = (host) => refuse(`lookup ${host}`);
dns.promises.lookup = (host) => refuse(`lookup ${host}`);
