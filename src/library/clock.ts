import {
  advanceClocks,
  type ClockReading,
  holdClocks,
  readClocks,
  runClocks,
  setClocks,
} from '../control/clocks.ts';
import type { Whom } from '../control/core.ts';
import { DOCUMENTATION_MERCHANT } from '../control/merchants.ts';
import { AdvanceBody, AtBody, HoldBody } from '../wire/control.ts';
import { presentClock } from '../wire/control-view.ts';
import type * as api from './api.ts';
import { promising, refusing } from './refusing.ts';
import { type Owner, type Setting, whomOf } from './setting.ts';

/** A Date as the wire writes it; one that is none is left to be refused. Also a Date of another realm. */
function written(at: api.Moment): string {
  if (typeof at === 'string') return at;
  return Number.isNaN(Number(at)) ? String(at) : at.toISOString();
}

/** `clock`, as `/sandbox/clock` has it; without an owner of every merchant. */
export function clockOf<Reading>(
  setting: Setting,
  owner: Owner,
  show: (readings: api.ClockReading[]) => Reading,
): api.Clock<Reading> {
  const look = (): ClockReading[] => readClocks(setting.core, whomOf(setting.core, owner));
  const read = (): Reading => show(look().map(presentClock));
  const move = (how: (whom: Whom) => void | Promise<void>): Promise<Reading> =>
    promising(async () => {
      await how(whomOf(setting.core, owner));
      return read();
    });
  return {
    now: () =>
      refusing(() => {
        const whom = whomOf(setting.core, owner ?? DOCUMENTATION_MERCHANT);
        return new Date(readClocks(setting.core, whom)[0]?.now ?? Number.NaN);
      }),
    read: () => refusing(read),
    hold: (at) =>
      move((whom) =>
        holdClocks(setting.core, whom, HoldBody.parse(at === undefined ? {} : { at: written(at) }).at),
      ),
    run: () => move((whom) => runClocks(setting.core, whom)),
    advance: (by) => move((whom) => advanceClocks(setting.core, whom, AdvanceBody.parse(by))),
    set: (at) => move((whom) => setClocks(setting.core, whom, AtBody.parse({ at: written(at) }).at)),
  };
}
