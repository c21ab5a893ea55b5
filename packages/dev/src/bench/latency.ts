import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { Delay } from './delay.ts';

/**
 * Adds latency to a connection: bytes take half of the round trip to arrive, either way, and the first ones
 * a whole one more, for the handshake. Bandwidth is not limited, nothing is lost, and TCP's slow start is not
 * imitated.
 */
export function farAway(socket: Socket, roundTripMs: number): Duplex {
  const half = roundTripMs / 2;
  const inwards = new Delay(half, Date.now() + roundTripMs);
  const outwards = new Delay(half, Date.now());
  const far = new Duplex({
    read() {},
    write(chunk, _encoding, done) {
      outwards.after(() => socket.write(chunk));
      done();
    },
    final(done) {
      outwards.after(() => socket.end());
      done();
    },
    destroy(error, done) {
      outwards.after(() => socket.destroy());
      done(error);
    },
  });
  socket.setNoDelay(true);
  socket.on('data', chunk => inwards.after(() => far.push(chunk)));
  socket.on('end', () => inwards.after(() => far.push(null)));
  socket.on('error', () => far.destroy());
  return far;
}
