/** A WebSocket server of a few lines (RFC 6455, short text frames only), so that tests meet a real socket. */

import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

export class Peer {
  readonly heard: { type: string; data: Record<string, unknown> }[] = [];
  onHear: (frame: { type: string; data: Record<string, unknown> }) => void = () => undefined;

  constructor(private readonly wire: Socket) {
    wire.on("data", (bytes) => this.read(bytes));
    wire.on("error", () => undefined);
  }

  say(frame: object): void {
    const text = Buffer.from(JSON.stringify(frame));
    const head = text.length < 126 ? [0x81, text.length] : [0x81, 126, text.length >> 8, text.length & 255];
    this.wire.write(Buffer.concat([Buffer.from(head), text]));
  }

  close(code: number): void {
    this.wire.end(Buffer.from([0x88, 2, code >> 8, code & 255]));
  }

  /** Be gone without a word, like a server that was killed. */
  vanish(): void {
    this.wire.destroy();
  }

  private read(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      const opcode = bytes[at]! & 15;
      let length = bytes[at + 1]! & 127;
      at += 2;
      if (length === 126) {
        length = bytes.readUInt16BE(at);
        at += 2;
      }
      const mask = bytes.subarray(at, at + 4);
      const text = Buffer.from(bytes.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ mask[index % 4]!));
      at += 4 + length;
      if (opcode === 8) this.wire.end();
      if (opcode !== 1) continue;
      const frame = JSON.parse(text.toString()) as (typeof this.heard)[number];
      this.heard.push(frame);
      this.onHear(frame);
    }
  }
}

export async function serveSockets(onPeer: (peer: Peer) => void): Promise<{ url: string; close: () => void }> {
  const server: Server = createServer();
  const wires = new Set<Socket>();
  server.on("upgrade", (request, stream) => {
    const wire = stream as Socket;
    wires.add(wire);
    const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${GUID}`).digest("base64");
    wire.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    onPeer(new Peer(wire));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/ws/`,
    close: () => {
      for (const wire of wires) wire.destroy();
      server.close();
    },
  };
}
