import { customRandom } from 'nanoid';
import type { Draw } from '../domain/keys.ts';

/** 2^32 divided by the golden ratio: the stride of a Weyl sequence. */
const STRIDE = 0x9e3779b9;

/**
 * For how many letters bytes are drawn at a time. The same for every draw of an alphabet: if it were the size of
 * the first one, the keys after a restart would depend on what was drawn before it.
 */
const LETTERS_AT_A_TIME = 16;

/**
 * The key generator: a counter and a mixing function (SplitMix32), so that its whole state is one number that can
 * be stored and set back. Good enough for keys that must differ; not for secrets.
 */
export class Chance {
  /** How many words have been drawn. */
  position: number;
  readonly #seed: number;
  readonly #generators = new Map<string, (size: number) => string>();

  constructor(seed: number, position = 0) {
    this.#seed = seed;
    this.position = position;
  }

  /** Draws letters of an alphabet, each as likely as the other. */
  readonly draw: Draw = (alphabet, size) => {
    let generate = this.#generators.get(alphabet);
    if (generate === undefined) {
      generate = customRandom(alphabet, LETTERS_AT_A_TIME, (bytes) => this.#bytes(bytes));
      this.#generators.set(alphabet, generate);
    }
    return generate(size);
  };

  #bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i++) bytes[i] = this.#word() >>> 24;
    return bytes;
  }

  #word(): number {
    this.position++;
    let word = (this.#seed + Math.imul(this.position, STRIDE)) | 0;
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return (word ^ (word >>> 16)) >>> 0;
  }
}
