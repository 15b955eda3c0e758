import { listFaults, orderFault, removeFault, removeFaults } from '../control/faults.ts';
import { FaultBody } from '../wire/control.ts';
import type * as api from './api.ts';
import { promising, refusing } from './refusing.ts';
import { type Owner, type Setting, whomOf } from './setting.ts';

/** `faults`, as `/sandbox/faults` has them; without an owner those that strike everybody. */
export const faultsOf = (setting: Setting, owner: Owner): api.Faults => ({
  order: (wish) =>
    promising(() => orderFault(setting.core, whomOf(setting.core, owner), FaultBody.parse(wish))),
  list: () => refusing(() => listFaults(setting.core, whomOf(setting.core, owner))),
  remove: (faultId) => promising(() => removeFault(setting.core, whomOf(setting.core, owner), faultId)),
  removeAll: () => promising(() => removeFaults(setting.core, whomOf(setting.core, owner))),
});
