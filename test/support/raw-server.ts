/** A server and the bytes that go to it and come from it, for what a well-behaved client never does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { after } from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const PATIENCE = 20_000;

export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A message with its header. */
export function frame(message: object | string): string {
  const body = typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const started = new Set<ChildProcess>();

// A test that fails half-way leaves its server running, and the file would never come to its end.
after(() => {
  for (const child of started) child.kill('SIGKILL');
});

export class RawServer {
  readonly child: ChildProcess;
  /** Everything that came on standard output and standard error. */
  output = Buffer.alloc(0);
  errors = '';
  private readonly ended: Promise<unknown[]>;

  constructor(command: readonly string[] = ['dist/cli.js', 'lsp', '--stdio']) {
    const [module = '', ...args] = command;
    this.child = spawn(process.execPath, [join(root, module), ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    started.add(this.child);
    this.child.stdout?.on('data', (bytes) => {
      this.output = Buffer.concat([this.output, bytes]);
    });
    this.child.stderr?.on('data', (text) => {
      this.errors += text;
    });
    this.child.stdin?.on('error', () => {});
    this.ended = once(this.child, 'exit');
  }

  /** Sends bytes in one piece. */
  send(...messages: readonly (object | string)[]): void {
    this.child.stdin?.write(messages.map((message) => frame(message)).join(''));
  }

  initialize(processId: number | null = null): void {
    this.send({ id: 0, method: 'initialize', params: { processId, rootUri: null, capabilities: {} } });
  }

  /** What came so far. @throws Error where the output holds anything but messages */
  messages(): Message[] {
    const found: Message[] = [];
    let rest = this.output;
    while (rest.length > 0) {
      const header = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.toString('latin1'));
      if (!header) throw new Error(`no message: ${rest.toString().slice(0, 200)}`);
      const end = header[0].length + Number(header[1]);
      if (rest.length < end) break;
      found.push(JSON.parse(rest.subarray(header[0].length, end).toString()));
      rest = rest.subarray(end);
    }
    return found;
  }

  /** Waits for the answer to a request. */
  answer(id: number): Promise<Message> {
    return this.find(`the answer to request ${id}`, (message) => message.id === id && message.method === undefined);
  }

  /** Waits until the server asks or tells something. */
  asked(method: string): Promise<Message> {
    return this.find(method, (message) => message.method === method);
  }

  private async find(what: string, isIt: (message: Message) => boolean): Promise<Message> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const found = this.messages().find(isIt);
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}; ${this.errors}`);
      await new Promise((go) => setTimeout(go, 10));
    }
  }

  /** Waits for the end of the process; answers its exit code. */
  async exit(): Promise<number | null> {
    const deadline = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE);
    await this.ended;
    clearTimeout(deadline);
    return this.child.exitCode;
  }
}
