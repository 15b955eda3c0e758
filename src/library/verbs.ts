import { deposit, expireAccount, settle, takeBackDeposit } from '../control/accounts.ts';
import { worldOf } from '../control/merchants.ts';
import { prepareAsAsked } from '../control/prepare-payment.ts';
import { listRequests } from '../control/requests.ts';
import { reset } from '../control/reset.ts';
import { listDeliveries, resend } from '../control/webhooks.ts';
import type { Payment } from '../domain/payment.ts';
import { CancelEndBody, DepositBody, RequestQuery } from '../wire/control.ts';
import { presentDelivery, presentRequest } from '../wire/control-view.ts';
import { presentPayment } from '../wire/payment.ts';
import type * as api from './api.ts';
import { clockOf } from './clock.ts';
import { faultsOf } from './faults.ts';
import { listenForWebhooks } from './listen.ts';
import { promising, refusing } from './refusing.ts';
import { type Owner, type Setting, whomOf } from './setting.ts';
import { webhooksOf } from './webhooks.ts';

/** What a merchant and the whole sandbox can be told alike. */
export function verbsOf<Reading>(
  setting: Setting,
  owner: Owner,
  showClocks: (readings: api.ClockReading[]) => Reading,
): api.Verbs<Reading> {
  const whom = () => whomOf(setting.core, owner);
  // Typed as today's Payment: a merchant on an older version knows which other fields it reads.
  const show = (payment: Payment) =>
    presentPayment(payment, worldOf(setting.core, payment.mId).merchant) as api.Payment;
  return {
    preparePayment: (wish) =>
      promising(() => {
        const world = whomOf(setting.core, owner);
        return prepareAsAsked(setting.core, world && { world }, wish, setting.publicUrl);
      }),
    deposit: (paymentKey, wish = {}) =>
      promising(() => show(deposit(setting.core, whom(), paymentKey, DepositBody.parse(wish)))),
    takeBackDeposit: (paymentKey) => promising(() => show(takeBackDeposit(setting.core, whom(), paymentKey))),
    expireAccount: (paymentKey) => promising(() => show(expireAccount(setting.core, whom(), paymentKey))),
    settleCancel: (paymentKey, wish = {}) =>
      promising(() => show(settle(setting.core, whom(), paymentKey, CancelEndBody.parse(wish).outcome))),
    clock: clockOf(setting, owner, showClocks),
    webhooks: webhooksOf(setting, owner),
    listenForWebhooks: (options) => promising(() => listenForWebhooks(setting, owner, options)),
    deliveries: () =>
      refusing(() => listDeliveries(setting.core, whomOf(setting.core, owner)).map(presentDelivery)),
    resend: (transmissionId) =>
      promising(() => presentDelivery(resend(setting.core, whomOf(setting.core, owner), transmissionId))),
    faults: faultsOf(setting, owner),
    requests: (filter = {}) =>
      refusing(() =>
        listRequests(setting.core, whomOf(setting.core, owner), RequestQuery.parse(filter)).map(
          presentRequest,
        ),
      ),
    reset: () => promising(() => reset(setting.core, whomOf(setting.core, owner))),
  };
}
