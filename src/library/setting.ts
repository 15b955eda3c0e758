import type { Wall } from '../clock/wall.ts';
import type { Core, Whom } from '../control/core.ts';
import { worldOf } from '../control/merchants.ts';
import type { WebhookReceiver } from './receiver.ts';
import { SandboxError } from './refusing.ts';

/** What the verbs work on. */
export interface Setting {
  /** The one implementation of every verb. @throws {SandboxError} SANDBOX_CLOSED */
  readonly core: Core;
  /** Where payment windows will be. */
  readonly publicUrl: string;
  readonly wall: Wall;
  /** Those that were started here, to be closed with the sandbox. */
  readonly receivers: Set<WebhookReceiver>;
  readonly isClosed: () => boolean;
}

/** A core that is out of reach once the sandbox is closed. */
export const settingOf = (parts: Setting): Setting => ({
  ...parts,
  get core() {
    if (parts.isClosed()) throw new SandboxError('SANDBOX_CLOSED', 'The sandbox is closed.');
    return parts.core;
  },
});

/** Whose verbs they are: a merchant's by its mId, or everybody's when null. Looked up anew at every call. */
export type Owner = string | null;

/** @throws {ControlError} 404 when the merchant is gone */
export const whomOf = (core: Core, owner: Owner): Whom => (owner === null ? null : worldOf(core, owner));
