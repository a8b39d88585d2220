import { Transform } from 'node:stream';
import { AppError } from '../../../errors.js';

/** Lets through so many bytes; one more ends the stream with an error that carries `details.surplus`. */
export function limited(maxBytes: number): Transform {
  let left = maxBytes;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length;
      if (left >= 0) return done(null, chunk);
      const sentence = 'More bytes came than the file was said to have. Send it again.';
      return done(new AppError('validation', sentence, { surplus: true }));
    },
  });
}
