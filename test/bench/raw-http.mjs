// The floor: what Node's own server needs to read a request and answer with the same bytes.
import { createServer } from 'node:http';
import { PAYMENT } from './document.mjs';

const BYTES = Buffer.from(JSON.stringify(PAYMENT));
createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(BYTES);
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
