// The floor: what Node's own server needs to read a body and answer a document of the same size.
import { createServer } from 'node:http';
import { PAYMENT } from './document.mjs';

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text) => {
    body += text;
  });
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body === '' ? PAYMENT : { ...PAYMENT, ...JSON.parse(body) }));
  });
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
