import type { VNode } from 'preact';
import type { RequestMethod } from '../../domain/method.ts';
import type { FrameHost, Payment } from '../../domain/payment.ts';
import { USUAL } from '../../wire/choice.ts';
import { AuthenticateScreen } from './authenticate.tsx';
import { AccountScreen, BankScreen, TransferScreen } from './bank-screens.tsx';
import { type Fields, field, isSent, type Problems } from './fields.ts';
import { ForeignScreen, GiftScreen, PhoneScreen } from './method-screens.tsx';
import { pickedBank, pickedMethod } from './offer.ts';
import { readChoice } from './read-choice.ts';
import type { Visit } from './visit.ts';
import { SelectScreen } from './window.tsx';

/** The first screen of a method other than cards. */
function methodScreen(visit: Visit, method: Exclude<RequestMethod, 'CARD'>): VNode {
  switch (method) {
    case 'VIRTUAL_ACCOUNT':
    case 'TRANSFER': {
      const bank = pickedBank(method, visit.form.fields);
      if (bank === undefined) return BankScreen({ visit, method });
      return method === 'TRANSFER' ? TransferScreen({ visit, bank }) : AccountScreen({ visit, bank });
    }
    case 'MOBILE_PHONE':
      return PhoneScreen({ visit });
    case 'FOREIGN_EASY_PAY':
      return ForeignScreen({
        visit,
        provider: visit.payment.window.foreignProvider ?? USUAL.foreignProvider,
      });
    default:
      return GiftScreen({ visit, method });
  }
}

/** What is wrong with a form that was sent. A form that is only looked at has nothing wrong with it. */
function problemsOf(fields: Fields, found: Problems, needsTerms: boolean): Problems {
  if (!isSent(fields)) return {};
  const hasAgreed = !needsTerms || field(fields, 'terms') !== null;
  return hasAgreed ? found : { ...found, terms: '필수 약관에 동의해 주세요.' };
}

/** The screen that the shopper has come to by what was picked and typed; 400 when something is wrong with it. */
export function screenOf(
  payment: Payment,
  merchantName: string,
  frame: FrameHost | null,
  fields: Fields,
): { page: VNode; status: 200 | 400 } {
  const method = pickedMethod(payment, fields);
  const { choice, problems: found } = readChoice(payment, method, fields);
  const isDirect = payment.window.flowMode === 'DIRECT';
  const problems = problemsOf(fields, found, method !== 'FOREIGN_EASY_PAY' && !isDirect);
  const visit: Visit = { payment, merchantName, frame, form: { fields, problems } };
  const isGood = Object.keys(problems).length === 0;
  const status = isGood ? 200 : 400;
  if (method === 'CARD') {
    const card = choice?.method === 'CARD' ? choice : null;
    // Wrong points belong to the second screen: they are typed there.
    const isSecond = card !== null && (isDirect || (isSent(fields) && problems['terms'] === undefined));
    return {
      page: isSecond ? AuthenticateScreen({ visit, choice: card }) : SelectScreen({ visit, choice: card }),
      status,
    };
  }
  const isSecond = choice !== null && isSent(fields) && isGood;
  return { page: isSecond ? AuthenticateScreen({ visit, choice }) : methodScreen(visit, method), status };
}
