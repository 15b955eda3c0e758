/// <reference lib="esnext.disposable" preserve="true" />

/*
 * What `import … from 'toss-sandbox'` offers, in types. This one file is what is published: it imports nothing, so that
 * a merchant's project needs no package of ours to compile. Tests hold it against the schemas of the wire.
 */

/** An instant with its offset, e.g. `2026-03-05T10:15:30+09:00`, or a Date. */
export type Moment = string | Date;

/** A stretch of time; the fields add up. Zero or more of each, at least one of them. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly ms?: number;
}

/** The events a webhook can be registered for. */
export type WebhookEvent =
  | 'PAYMENT_STATUS_CHANGED'
  | 'DEPOSIT_CALLBACK'
  | 'CANCEL_STATUS_CHANGED'
  | 'BILLING_DELETED'
  | 'METHOD_UPDATED'
  | 'CUSTOMER_STATUS_CHANGED'
  | 'ORDER_PAYMENT_STATUS_CHANGED'
  | 'payout.changed'
  | 'seller.changed'
  | 'ars-reservation.changed'
  | 'PAYOUT_STATUS_CHANGED'
  | 'SUBMALL_STATUS_CHANGED';

export type PaymentStatus =
  | 'READY'
  | 'IN_PROGRESS'
  | 'WAITING_FOR_DEPOSIT'
  | 'DONE'
  | 'CANCELED'
  | 'PARTIAL_CANCELED'
  | 'ABORTED'
  | 'EXPIRED';

/** The versions of the API that a merchant can be on. */
export type ApiVersion =
  | '1.0'
  | '1.1'
  | '1.2'
  | '1.3'
  | '1.4'
  | '2022-06-08'
  | '2022-07-27'
  | '2022-11-16'
  | '2024-06-01';

export interface CashReceipt {
  readonly type: '소득공제' | '지출증빙';
  readonly receiptKey: string;
  readonly issueNumber: string;
  readonly receiptUrl: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
}

/**
 * The Payment object since API version 2022-11-16, as `/v1/payments` answers it and a webhook carries it. A merchant on
 * an older version gets the fields of that version, which are not declared here.
 */
export interface Payment {
  readonly mId: string;
  readonly lastTransactionKey: string | null;
  readonly paymentKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly taxExemptionAmount: number;
  readonly status: PaymentStatus;
  readonly requestedAt: string;
  readonly approvedAt: string | null;
  readonly useEscrow: boolean | null;
  readonly cultureExpense: boolean;
  readonly card: {
    readonly issuerCode: string;
    readonly acquirerCode: string | null;
    readonly number: string;
    readonly installmentPlanMonths: number;
    readonly isInterestFree: boolean;
    readonly interestPayer: 'BUYER' | 'CARD_COMPANY' | 'MERCHANT' | null;
    readonly approveNo: string;
    readonly useCardPoint: boolean;
    readonly cardType: '신용' | '체크' | '기프트' | '미확인';
    readonly ownerType: '개인' | '법인' | '미확인';
    readonly acquireStatus: 'READY' | 'REQUESTED' | 'COMPLETED' | 'CANCEL_REQUESTED' | 'CANCELED';
    readonly amount: number;
  } | null;
  readonly virtualAccount: {
    readonly accountNumber: string;
    readonly accountType: '일반' | '고정';
    readonly bankCode: string;
    readonly customerName: string;
    readonly dueDate: string;
    readonly expired: boolean;
    readonly settlementStatus: 'INCOMPLETED' | 'COMPLETED';
    readonly refundStatus: 'NONE' | 'PENDING' | 'FAILED' | 'PARTIAL_FAILED' | 'COMPLETED';
    readonly refundReceiveAccount: {
      readonly bankCode: string;
      readonly accountNumber: string;
      readonly holderName: string;
    } | null;
    readonly depositorName: string | null;
  } | null;
  readonly transfer: {
    readonly bankCode: string;
    readonly settlementStatus: 'INCOMPLETED' | 'COMPLETED';
  } | null;
  readonly mobilePhone: {
    readonly customerMobilePhone: string;
    readonly settlementStatus: 'INCOMPLETED' | 'COMPLETED';
    readonly receiptUrl: string;
  } | null;
  readonly giftCertificate: {
    readonly approveNo: string;
    readonly settlementStatus: 'INCOMPLETED' | 'COMPLETED';
  } | null;
  readonly cashReceipt: CashReceipt | null;
  readonly cashReceipts:
    | (CashReceipt & {
        readonly orderId: string;
        readonly orderName: string;
        readonly businessNumber: string;
        readonly transactionType: 'CONFIRM' | 'CANCEL';
        readonly issueStatus: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
        readonly failure: { readonly code: string; readonly message: string } | null;
        readonly customerIdentityNumber: string;
        readonly requestedAt: string;
      })[]
    | null;
  readonly discount: { readonly amount: number } | null;
  readonly cancels:
    | {
        readonly transactionKey: string;
        readonly cancelReason: string;
        readonly taxExemptionAmount: number;
        readonly canceledAt: string;
        readonly cardDiscountAmount: number;
        readonly transferDiscountAmount: number;
        readonly easyPayDiscountAmount: number;
        readonly receiptKey: string | null;
        readonly cancelAmount: number;
        readonly taxFreeAmount: number;
        readonly refundableAmount: number;
        readonly cancelStatus: 'DONE' | 'IN_PROGRESS' | 'ABORTED';
        readonly cancelRequestId: string | null;
      }[]
    | null;
  readonly secret: string | null;
  readonly type: 'NORMAL' | 'BILLING' | 'BRANDPAY';
  readonly easyPay: {
    readonly provider: string;
    readonly amount: number;
    readonly discountAmount: number;
  } | null;
  readonly country: string;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly isPartialCancelable: boolean;
  readonly receipt: { readonly url: string } | null;
  readonly checkout: { readonly url: string } | null;
  readonly currency: 'KRW' | 'USD' | 'JPY';
  readonly totalAmount: number;
  readonly balanceAmount: number;
  readonly suppliedAmount: number;
  readonly vat: number;
  readonly taxFreeAmount: number;
  readonly method:
    | '카드'
    | '간편결제'
    | '가상계좌'
    | '계좌이체'
    | '휴대폰'
    | '문화상품권'
    | '도서문화상품권'
    | '게임문화상품권'
    | '해외간편결제'
    | null;
  readonly version: ApiVersion;
  readonly metadata: Readonly<Record<string, string>> | null;
}

/** How the shopper's visit to the payment window ends. */
export type Outcome =
  /** The window stays open: go there with a browser, or let 30 minutes pass. */
  | 'READY'
  /** Authenticated: 10 minutes to confirm. What happens unless told otherwise. */
  | 'AUTHENTICATED'
  /** The card company, or whoever is to pay, refuses in the window: redirected to `failUrl`. */
  | 'REFUSED'
  /** The shopper closes the window: redirected to `failUrl`. */
  | 'LEFT'
  /** Authenticated now, refused at confirm with `confirmCode`. */
  | 'REFUSED_AT_CONFIRM';

/** How the shopper is to pay: the fields of `requestPayment` that concern cards. */
export interface CardWish {
  readonly flowMode?: 'DEFAULT' | 'DIRECT';
  /** Code or name of the card company, e.g. `61`, `HYUNDAI`, `현대`. */
  readonly cardCompany?: string;
  /** E.g. `TOSSPAY`, `KAKAOPAY`, `NAVERPAY`: an easy pay with a card behind it. */
  readonly easyPay?: string;
  /** Months: 0 or 2 to 12. */
  readonly cardInstallmentPlan?: number;
  readonly maxCardInstallmentPlan?: number;
  readonly useCardPoint?: boolean;
  readonly taxExemptionAmount?: number;
  readonly useEscrow?: boolean;
}

/** How the shopper is to pay by bank account: the fields of `requestPayment` for virtual accounts and transfers. */
export interface AccountWish {
  /** From the confirm on; 168 if not said. Not together with `dueDate`. */
  readonly validHours?: number;
  /** `yyyy-MM-ddTHH:mm:ss` in Korea. */
  readonly dueDate?: string;
  readonly cashReceipt?: { readonly type?: '소득공제' | '지출증빙' | '미발행' };
  readonly useEscrow?: boolean;
}

/** Of a payment request: `CARD` is card and domestic easy pay. The Korean names do as well. */
export type PaymentMethod =
  | 'CARD'
  | 'VIRTUAL_ACCOUNT'
  | 'TRANSFER'
  | 'MOBILE_PHONE'
  | 'CULTURE_GIFT_CERTIFICATE'
  | 'BOOK_GIFT_CERTIFICATE'
  | 'GAME_GIFT_CERTIFICATE'
  | 'FOREIGN_EASY_PAY'
  | '카드'
  | '가상계좌'
  | '계좌이체'
  | '휴대폰'
  | '문화상품권'
  | '도서문화상품권'
  | '게임문화상품권'
  | '해외간편결제';

/**
 * What to prepare: the fields of `requestPayment`, either flat with a plain `amount` or as the SDK nests them
 * (`amount: { value, currency }`, `card: { … }`). Only `orderId` and `amount` are needed.
 */
export interface PaymentWish extends CardWish, AccountWish {
  /** 6 to 64 letters, digits, `_`, `-`, `=` or `.`. */
  readonly orderId: string;
  /** In won, or with its currency. */
  readonly amount: number | { readonly value: number; readonly currency: 'KRW' | 'USD' | 'JPY' };
  readonly currency?: 'KRW' | 'USD' | 'JPY';
  /** 테스트 주문, if not said. */
  readonly orderName?: string;
  /** http://shop.example/success, if not said. */
  readonly successUrl?: string;
  /** http://shop.example/fail, if not said. */
  readonly failUrl?: string;
  /** CARD, if not said. */
  readonly method?: PaymentMethod;
  readonly customerName?: string;
  readonly customerEmail?: string;
  readonly customerMobilePhone?: string;
  readonly taxFreeAmount?: number;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly card?: CardWish;
  readonly virtualAccount?: AccountWish & { readonly isCulturalExpenses?: boolean };
  readonly transfer?: AccountWish & { readonly isCulturalExpenses?: boolean };
  readonly mobilePhone?: { readonly mobileCarriers?: readonly string[] };
  readonly foreignEasyPay?: { readonly provider: string; readonly country?: string };
  /** Phone company, where `amount` is a plain number. */
  readonly mobileCarrier?: string;
  /** Of foreign easy pay, where `amount` is a plain number. */
  readonly provider?: string;
  readonly cultureExpense?: boolean;
  /** The shopper's bank, for virtual accounts and transfers: code or name. */
  readonly bank?: string;
  /** What is behind an easy pay: CARD, if not said, or an account or prepaid money. */
  readonly easyPayBy?: 'CARD' | 'MONEY';
  /** The card's instant discount, or the points of an easy pay. */
  readonly discountAmount?: number;
  /** AUTHENTICATED, if not said. */
  readonly outcome?: Outcome;
  /** Any code of the error catalogue; for REFUSED_AT_CONFIRM. REJECT_CARD_PAYMENT, if not said. */
  readonly confirmCode?: string;
}

/** A payment that was prepared, with what a confirm needs. */
export interface PreparedPayment {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly amount: number;
  readonly status: PaymentStatus;
  /** The payment window. */
  readonly checkoutUrl: string;
  /** Where the shopper's browser is sent, parameters included; null when the window is still open (READY). */
  readonly redirectUrl: string | null;
}

/** How a merchant's clock stands. */
export interface ClockReading {
  readonly mId: string;
  readonly mode: 'running' | 'held';
  /** In Korea, with milliseconds: `2026-03-05T10:15:30.000+09:00`. */
  readonly now: string;
}

/** Moves time. @template Reading one merchant's reading, or those of all merchants. */
export interface Clock<Reading> {
  /** The time it shows; of the whole sandbox, the documentation merchant's. */
  now(): Date;
  /** How it stands. */
  read(): Reading;
  /** Stops it, where it is or at a later moment. Errors: `CLOCK_BACKWARDS`, `CLOCK_TOO_LATE`. */
  hold(at?: Moment): Promise<Reading>;
  /** Lets it run on from where it is. */
  run(): Promise<Reading>;
  /**
   * Moves it on, does in order what falls due on the way, and waits for every webhook.
   * Errors: `CLOCK_BUSY` when a receiver asks for it while another advance waits for that receiver; `CLOCK_TOO_LATE`
   * beyond the year 9999. Of the whole sandbox, no clock is moved when one refuses.
   */
  advance(by: Span): Promise<Reading>;
  /** Moves it to a later moment, in the same way. Errors: `CLOCK_BACKWARDS`, `CLOCK_TOO_LATE`, `CLOCK_BUSY`. */
  set(at: Moment): Promise<Reading>;
}

/** A registered receiver. */
export interface Webhook {
  readonly webhookId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly wrapDepositCallback: boolean;
}

/** Receivers of your own, e.g. the route of your server under test. */
export interface Webhooks {
  /** Without `events`, it hears of everything. */
  register(wish: {
    readonly url: string;
    readonly events?: readonly WebhookEvent[];
    /** Sends DEPOSIT_CALLBACK as `{ eventType, createdAt, data }`, which the real service does not. */
    readonly wrapDepositCallback?: boolean;
  }): Promise<Webhook>;
  list(): Webhook[];
  /** Errors: `NO_SUCH_WEBHOOK`. */
  remove(webhookId: string): Promise<void>;
  removeAll(): Promise<void>;
}

/** One event on its way to one receiver. */
export interface Delivery {
  readonly transmissionId: string;
  readonly mId: string;
  readonly webhookId: string;
  readonly url: string;
  readonly eventType: WebhookEvent;
  readonly createdAt: string;
  /** The words of the developer centre: being sent, delivered, given up. */
  readonly state: '전송 중' | '성공' | '실패';
  readonly attempts: readonly {
    readonly at: string;
    readonly retriedCount: number;
    readonly status: number | null;
    /** `TIMEOUT`, or the code of the network error. */
    readonly error: string | null;
  }[];
  readonly nextAttemptAt: string | null;
  /** The very text that is sent. */
  readonly body: string;
}

/** A failure that was ordered: the next so many calls that it fits are answered with its code, and change nothing. */
export interface Fault {
  readonly faultId: string;
  /** Whose calls it strikes; null strikes everybody's. */
  readonly mId: string | null;
  readonly method: 'GET' | 'POST' | null;
  readonly path: string | null;
  readonly orderId: string | null;
  readonly code: string;
  readonly times: number;
  /** How often it has struck. */
  readonly struck: number;
}

/** Which calls a failure strikes: what is not said fits every call. */
export interface FaultWish {
  readonly method?: 'GET' | 'POST';
  /** `/v1/payments/{paymentKey}/cancel`, or one path letter for letter. */
  readonly path?: string;
  readonly orderId?: string;
  /** Any code of the error list. */
  readonly code: string;
  /** Once, if not said. */
  readonly times?: number;
}

/** Failures of your next calls, where no header can be sent. */
export interface Faults {
  /** Errors: `NO_SUCH_ERROR_CODE`, `NO_SUCH_CALL`. */
  order(wish: FaultWish): Promise<Fault>;
  list(): Fault[];
  /** Errors: `NO_SUCH_FAULT`. */
  remove(faultId: string): Promise<void>;
  removeAll(): Promise<void>;
}

/** A call under `/v1` that came in, refused ones too. */
export interface LoggedRequest {
  readonly at: string;
  /** null when the key was nobody's. */
  readonly mId: string | null;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Of a refusal; null when the call was granted. */
  readonly code: string | null;
  readonly idempotencyKey: string | null;
  readonly testCode: string | null;
  readonly traceId: string;
  /** Real time. */
  readonly durationMs: number;
  /** As text, cut at 16,384 characters. */
  readonly requestBody: string | null;
  readonly responseBody: string;
}

/** Which calls are looked for: what is not said fits every call. */
export interface RequestFilter {
  readonly path?: string;
  readonly orderId?: string;
  readonly status?: number;
}

/**
 * The body of a webhook. `data` is a Payment, of CANCEL_STATUS_CHANGED one entry of `cancels`; DEPOSIT_CALLBACK has
 * neither `eventType` nor `data`, but `secret`, `status`, `transactionKey` and `orderId`: with `wrapDepositCallback` in
 * its `data`.
 */
export interface WebhookBody {
  readonly createdAt: string;
  readonly eventType: WebhookEvent;
  readonly data: Payment;
  readonly secret: string;
  readonly status: PaymentStatus;
  readonly transactionKey: string;
  readonly orderId: string;
}

/** A webhook as it came in over HTTP. */
export interface ReceivedWebhook {
  readonly eventType: WebhookEvent;
  /** Parsed: the same for every attempt. */
  readonly body: WebhookBody;
  /** The very text that was sent. */
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly transmissionId: string;
  /** 0 on the first attempt, then 1 to 7. */
  readonly retriedCount: number;
}

export interface ListenOptions {
  /** Gets DEPOSIT_CALLBACK as `{ eventType, createdAt, data }`, which the real service does not send. */
  readonly wrapDepositCallback?: boolean;
  /** Which events; all of them, if not said. */
  readonly events?: readonly WebhookEvent[];
  /** The status to answer with: 200, if not said. Anything else is retried on the documented schedule. */
  readonly answer?: number | ((webhook: ReceivedWebhook) => number | Promise<number>);
}

/** A receiver in this process, on a free port, already registered. */
export interface Receiver {
  readonly url: string;
  readonly webhookId: string;
  /** Everything that came so far, oldest first. */
  readonly received: readonly ReceivedWebhook[];
  /**
   * The oldest webhook that no `next()` has handed out yet; waits for one to come. Those that do not match stay for
   * another `next()`.
   *
   * @param match which one; any, if not said
   * @param options how long to wait, in milliseconds of real time: 5000, if not said
   * Errors: `WEBHOOK_TIMEOUT` with what came instead, `RECEIVER_CLOSED`.
   */
  next(
    match?: (webhook: ReceivedWebhook) => boolean,
    options?: { readonly timeoutMs?: number },
  ): Promise<ReceivedWebhook>;
  /** Takes it off the list of webhooks, and stops listening. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The verbs: of a merchant for that merchant, of the sandbox for everybody. */
export interface Verbs<Reading> {
  /**
   * Opens a payment and, unless told otherwise, authenticates it as a shopper would in the window. Of the whole sandbox,
   * a payment of the documentation merchant. Errors: the codes of Toss Payments, e.g. `INVALID_ORDER_ID`.
   */
  preparePayment(wish: PaymentWish): Promise<PreparedPayment>;
  /**
   * Pays into a virtual account: exactly the amount, by the one who was to pay, unless told otherwise. The bank refuses
   * anything else. Errors: `NO_SUCH_PAYMENT`, `NOT_WAITING_FOR_DEPOSIT`, `ACCOUNT_EXPIRED`, `WRONG_AMOUNT`.
   */
  deposit(
    paymentKey: string,
    wish?: { readonly amount?: number; readonly depositorName?: string },
  ): Promise<Payment>;
  /**
   * The bank takes a deposit back: WAITING_FOR_DEPOSIT again, CANCELED on API version 1.4 and older.
   * Errors: `NO_SUCH_PAYMENT`, `NOT_DEPOSITED`.
   */
  takeBackDeposit(paymentKey: string): Promise<Payment>;
  /** The due date of a virtual account passes now. Errors: `NO_SUCH_PAYMENT`, `NOT_WAITING_FOR_DEPOSIT`. */
  expireAccount(paymentKey: string): Promise<Payment>;
  /** Ends a cancel of foreign easy pay that is under way. Errors: `NO_SUCH_PAYMENT`, `NO_CANCEL_UNDER_WAY`. */
  settleCancel(paymentKey: string, wish?: { readonly outcome?: 'DONE' | 'ABORTED' }): Promise<Payment>;
  readonly clock: Clock<Reading>;
  readonly webhooks: Webhooks;
  /** Starts a receiver in this process and registers it: await webhooks without sleeping. */
  listenForWebhooks(options?: ListenOptions): Promise<Receiver>;
  /** Every delivery with its attempts, oldest first. */
  deliveries(): Delivery[];
  /**
   * Sends a webhook again by hand: same bytes, the count at 0, a new schedule. Answers before the attempt has ended.
   * Errors: `NO_SUCH_DELIVERY`, `DELIVERY_COMPLETED`.
   */
  resend(transmissionId: string): Promise<Delivery>;
  readonly faults: Faults;
  /** The calls that came in, newest last. */
  requests(filter?: RequestFilter): LoggedRequest[];
  /**
   * Forgets payments, deliveries, webhooks (receivers of `listenForWebhooks()` too); the clock runs as at the
   * beginning. Of the whole sandbox, merchants that were added go as well.
   */
  reset(): Promise<void>;
}

export interface KeyPair {
  readonly product: 'individual' | 'widget';
  readonly clientKey: string | null;
  readonly secretKeys: readonly string[];
}

/** The keys to configure your application with. */
export interface Keys {
  readonly clientKey: string;
  readonly secretKey: string;
  /** The header that goes with the secret key: `Basic …`. */
  readonly authorization: string;
}

/** A merchant: nothing crosses from one to another, so every test can have its own. */
export interface Merchant extends Verbs<ClockReading>, Keys {
  readonly mId: string;
  readonly name: string;
  readonly apiVersion: ApiVersion;
  /** 64 hex characters. */
  readonly securityKey: string;
  /** All pairs, the widget's too. */
  readonly keyPairs: readonly KeyPair[];
  /** How long a confirm, a cancel or a payment by card number takes, in milliseconds of real time; 0 unless changed. */
  readonly processingMs: number;
  /** What a second confirm gets meanwhile: today's answer, or the older 500 `[S008]`. */
  readonly concurrentConfirm: 'ALREADY_PROCESSING_REQUEST' | 'S008';
  /** How long a cancel of foreign easy pay is under way, in milliseconds of the merchant's clock; a minute. */
  readonly foreignCancelMs: number;
  readonly foreignCancelOutcome: 'DONE' | 'ABORTED';
  /** May keys of the widget work on payments of the individual keys, and the reverse? No, unless changed. */
  readonly allowMixedKeys: boolean;
  /** Changes how its calls are treated and in which version they are answered; answers with the merchant as it now is. */
  change(wish: {
    readonly processingMs?: number;
    readonly concurrentConfirm?: 'ALREADY_PROCESSING_REQUEST' | 'S008';
    readonly foreignCancelMs?: number;
    readonly foreignCancelOutcome?: 'DONE' | 'ABORTED';
    readonly apiVersion?: ApiVersion;
    readonly allowMixedKeys?: boolean;
  }): Promise<Merchant>;
  /** Removes the merchant and everything of it. */
  remove(): Promise<void>;
}

/** How much is kept, over all merchants. */
export interface Health {
  readonly status: 'ok';
  readonly merchants: number;
  readonly payments: number;
  readonly journalEntries: number;
  readonly deliveries: number;
  readonly idempotentReplies: number;
  readonly plannedJobs: number;
}

/** A running sandbox. Its own keys are those of the public documentation. */
export interface Sandbox extends Verbs<ClockReading[]>, Keys {
  /** `http://127.0.0.1:…`: instead of https://api.tosspayments.com and https://js.tosspayments.com. */
  readonly url: string;
  /** The certificate of the authority that clients must trust, a PEM file; null without `tls`. */
  readonly caFile: string | null;
  /** Adds a merchant with keys of its own, on API version 2022-11-16, if not said. */
  addMerchant(wish?: { readonly name?: string; readonly apiVersion?: ApiVersion }): Merchant;
  /** Errors: `NO_SUCH_MERCHANT`. */
  merchant(mId: string): Merchant;
  /** Every merchant, those of the documentation first. */
  merchants(): Merchant[];
  health(): Health;
  /** Stops it and every receiver of `listenForWebhooks()`; waits a second at most for webhooks under way. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Every one may be left out. */
export interface StartOptions {
  /** A free one, if not said. */
  readonly port?: number;
  /** 127.0.0.1, if not said. */
  readonly host?: string;
  /** Where browsers reach the sandbox; where each request came in, if not said. */
  readonly publicUrl?: string;
  /** Receivers of every merchant's events, which a reset brings back. */
  readonly webhooks?: readonly {
    readonly url: string;
    readonly events?: readonly WebhookEvent[];
    readonly wrapDepositCallback?: boolean;
  }[];
  /** Merchants with keys you know, beside those of the documentation. */
  readonly merchants?: readonly {
    readonly mId: string;
    readonly name?: string;
    readonly securityKey?: string;
    /** 2022-11-16, if not said. */
    readonly apiVersion?: ApiVersion;
    readonly keyPairs: readonly {
      readonly product: 'individual' | 'widget';
      readonly clientKey?: string | null;
      readonly secretKeys: readonly string[];
    }[];
  }[];
  /**
   * How many calls a minute each API takes from each merchant, on the merchant's clock, before it answers 429; the
   * test environment takes 100. Any number, if not said.
   */
  readonly rateLimit?: number;
  /** Unknown test keys act for the documentation's merchants instead of being refused. No, if not said. */
  readonly adoptKeys?: boolean;
  /** Host names to answer to beside those of this machine; `*.` before one means all below it, `*` alone any. */
  readonly allowHosts?: readonly string[];
  /** Pages of these origins (`http://localhost:3000`) may call `/sandbox/*`; other pages never may. */
  readonly allowOrigins?: readonly string[];
  /** silent, if not said. */
  readonly log?: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** The same seed gives the same keys, for the same calls. */
  readonly seed?: number;
  /** Speaks TLS on the same port, with certificates for the hosts of Toss Payments, localhost and these names. */
  readonly tls?: boolean | { readonly names: readonly string[] };
  /** The folder where authority and certificates are kept; the user's data folder, if not said. */
  readonly data?: string;
}

/** Every error of these verbs: the code and text that `/sandbox/*` answers with. */
export interface SandboxError extends Error {
  readonly name: 'SandboxError';
  readonly code: string;
}

/**
 * Starts a sandbox in this process, on a free port of 127.0.0.1 and without a word.
 *
 * @throws {SandboxError} `INVALID_OPTIONS`; or Node's own error when the port is taken
 */
export declare function startSandbox(options?: StartOptions): Promise<Sandbox>;

/** The version of this package. */
export declare const VERSION: string;
