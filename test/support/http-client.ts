import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestApp } from './app.js';

/** A request as it goes over the wire. */
export interface WireRequest {
  method: string;
  /** Sent as it is: nothing is escaped or tidied. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface WireAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Talks to a listening bank over connections that are kept alive. */
export class HttpClient {
  private readonly agent: Agent;

  private constructor(
    readonly port: number,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Makes the bank listen on a free port of this machine. */
  static async to({ app }: TestApp, connections = 1): Promise<HttpClient> {
    await app.listen(0, '127.0.0.1');
    return new HttpClient((app.getHttpServer().address() as AddressInfo).port, connections);
  }

  send({ method, path, headers = {}, body = '' }: WireRequest): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const length = { 'content-length': String(Buffer.byteLength(body)) };
      const options = { host: '127.0.0.1', port: this.port, agent: this.agent, method, path };
      const sent = request({ ...options, headers: { ...headers, ...length } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode!,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** A write of JSON under a key. */
  post(path: string, apiKey: string, body: object, onceKey: string): Promise<WireAnswer> {
    const headers = {
      authorization: `Bearer ${apiKey}`,
      'idempotency-key': onceKey,
      'content-type': 'application/json',
    };
    return this.send({ method: 'POST', path, headers, body: JSON.stringify(body) });
  }

  close(): void {
    this.agent.destroy();
  }
}
