import { explain } from '../control/explain.ts';

/** What a merchant's test catches: code and text of `/sandbox/*`. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function told(error: unknown): unknown {
  const explained = explain(error);
  return explained === null ? error : new SandboxError(explained.code, explained.message);
}

/** A verb that answers at once. */
export function refusing<Result>(verb: () => Result): Result {
  try {
    return verb();
  } catch (error) {
    throw told(error);
  }
}

/** A verb that answers with a promise: nothing is thrown before it. */
export async function promising<Result>(verb: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await verb();
  } catch (error) {
    throw told(error);
  }
}
