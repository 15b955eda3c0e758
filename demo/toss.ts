/** The fields of a Payment that the shop reads. */
export interface Payment {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly status: string;
  readonly method: string | null;
  readonly totalAmount: number;
  readonly balanceAmount: number;
  readonly approvedAt: string | null;
  readonly card: {
    readonly issuerCode: string;
    readonly number: string;
    readonly installmentPlanMonths: number;
  } | null;
  readonly easyPay: { readonly provider: string } | null;
  readonly receipt: { readonly url: string } | null;
  readonly cancels:
    | readonly {
        readonly cancelAmount: number;
        readonly cancelReason: string;
        readonly canceledAt: string;
      }[]
    | null;
}

/** Why the payment gateway said no. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export type Answer =
  | { readonly payment: Payment; readonly refusal: null }
  | { readonly payment: null; readonly refusal: Refusal };

/** The three calls to the payment gateway that the shop makes. */
export interface Toss {
  confirm(payment: { paymentKey: string; orderId: string; amount: number }): Promise<Answer>;
  /** Cancels a part, or all that is left when no amount is given; the same `cancelKey` cancels once. */
  cancel(
    paymentKey: string,
    wish: { cancelReason: string; cancelAmount?: number; cancelKey: string },
  ): Promise<Answer>;
  read(paymentKey: string): Promise<Answer>;
}

const UNREACHABLE: Answer = {
  payment: null,
  refusal: {
    code: 'GATEWAY_UNREACHABLE',
    message: '결제 서버에 연결하지 못했습니다. 잠시 후 다시 시도해 주세요.',
  },
};

/**
 * Speaks to the API of Toss Payments.
 *
 * @param apiUrl `https://api.tosspayments.com`, or what stands in for it
 * @param secretKey goes as the user name of Basic authentication, without a password
 */
export function connectToss(apiUrl: string, secretKey: string): Toss {
  const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`;

  async function call(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${apiUrl}/v1/payments/${path}`, {
      ...init,
      headers: { authorization, 'content-type': 'application/json', ...init.headers },
    }).catch(() => null);
    if (response === null) return UNREACHABLE;
    const body = await response.json();
    return response.ok ? { payment: body, refusal: null } : { payment: null, refusal: body };
  }

  return {
    confirm: (payment) => call('confirm', { method: 'POST', body: JSON.stringify(payment) }),
    cancel: (paymentKey, { cancelKey, ...wish }) =>
      call(`${encodeURIComponent(paymentKey)}/cancel`, {
        method: 'POST',
        headers: { 'idempotency-key': cancelKey },
        body: JSON.stringify(wish),
      }),
    read: (paymentKey) => call(encodeURIComponent(paymentKey)),
  };
}
