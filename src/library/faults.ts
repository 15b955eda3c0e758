import { listFaults, orderFault, removeFault, removeFaults } from '../control/faults.ts';
import { FaultBody } from '../wire/control.ts';
import type * as api from './api.ts';
import { promising, refusing } from './refusing.ts';
import { type Owner, type Setting, whomOf } from './setting.ts';

/** `faults`, as `/sandbox/faults` has them; without an owner those that strike everybody. */
export const faultsOf = ({ core }: Setting, owner: Owner): api.Faults => ({
  order: (wish) => promising(() => orderFault(core, whomOf(core, owner), FaultBody.parse(wish))),
  list: () => refusing(() => listFaults(core, whomOf(core, owner))),
  remove: (faultId) => promising(() => removeFault(core, whomOf(core, owner), faultId)),
  removeAll: () => promising(() => removeFaults(core, whomOf(core, owner))),
});
