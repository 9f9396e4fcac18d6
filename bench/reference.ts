// The bare servers that ours is measured against: node bench/reference.ts express|node FILE TYPE
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import helmet from 'helmet';

const [, , kind, file = '', type = ''] = process.argv;
const body = readFileSync(file, 'utf8');

function expressApp(): RequestListener {
  const app = express();
  app.use(helmet());
  app.get('/{*path}', (_req, res) => {
    res.type(type).send(body);
  });
  return app;
}

const bare: RequestListener = (_req, res) => {
  res.setHeader('Content-Type', type);
  res.end(body);
};

const server = createServer(kind === 'express' ? expressApp() : bare).listen(0, '127.0.0.1', () => {
  console.log(`http://localhost:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => process.exit(0));
