/** An error of the SDK: `name` is the class, `code` what merchants' pages test (browser-sdk.md 2.2). */
export class TossPaymentsError extends Error {
  readonly code: string;

  constructor(name: string, code: string, message: string) {
    super(message);
    this.name = name;
    this.code = code;
  }
}

/** Class, code and message of every error that can be thrown so far (browser-sdk.md 2.2). */
const CATALOGUE = {
  USER_CANCEL: ['UserCancelError', '취소되었습니다.'],
  INVALID_CLIENT_KEY: ['InvalidClientKeyError', 'ClientKey 형태가 올바르지 않습니다.'],
  INVALID_CUSTOMER_KEY: [
    'InvalidCustomerKeyError',
    '고객키는 영문 대소문자, 숫자, 특수문자 -, _, =, ., @로 2자 이상 50자 이하여야 합니다.',
  ],
  INSECURE_KEY_USAGE: [
    'InsecureKeyUsageError',
    'test_gsk, live_gsk로 시작하는 시크릿 키는 클라이언트 코드에 노출되면 안 됩니다. 구매자를 식별하는 customerKey 값을 사용해주세요.',
  ],
  NOT_SUPPORTED_WIDGET_KEY: [
    'NotSupportedWidgetKeyError',
    'API 개별 연동 키의 클라이언트 키로 SDK를 연동해주세요. 결제위젯 연동 키는 지원하지 않습니다.',
  ],
  // The real text is unknown (browser-sdk.md 9 no. 6): this one is ours.
  INVALID_PARAMETERS: ['InvalidParametersError', '요청 파라미터가 올바르지 않습니다.'],
  INVALID_METHOD_TRANSACTION: ['InvalidMethodTransactionError', '이미 다른 요청을 수행하고 있어요.'],
  NOT_SUPPORTED_METHOD: ['NotSupportedMethodError', '지원되지 않는 결제수단입니다.'],
  INCORRECT_SUCCESS_URL_FORMAT: ['IncorrectSuccessUrlFormatError', '잘못된 successUrl 입니다.'],
  INCORRECT_FAIL_URL_FORMAT: ['IncorrectFailUrlFormatError', '잘못된 failUrl 입니다.'],
  INVALID_AMOUNT_VALUE: ['InvalidAmountValueError', '결제금액이 올바르지 않습니다.'],
  INVALID_AMOUNT_CURRENCY: ['InvalidAmountCurrencyError', '잘못된 통화 값입니다.'],
  BELOW_ZERO_AMOUNT: ['BelowZeroAmountError', '금액은 0보다 커야 합니다.'],
  NOT_SUPPORTED_PROMISE: [
    'NotSupportedPromiseError',
    'Promise 방식을 지원하지 않습니다. successUrl, failUrl을 사용해주세요.',
  ],
  INVALID_METADATA: ['InvalidMetadataError', '올바르지 않은 metadata 형식입니다.'],
  // The texts of these two are unknown (browser-sdk.md 9 no. 6): ours.
  PAYMENT_REQUEST_ABORTED: ['PaymentRequestAbortedError', '결제 요청이 중단되었습니다.'],
  NO_ACTIVE_PAYMENT_REQUEST: ['NoActivePaymentRequestError', '진행 중인 결제 요청이 없습니다.'],
  V1_METHOD_NOT_SUPPORTED: ['V1MethodNotSupportedError', '해당 API 는 v1 에서만 제공됩니다.'],
  // Text unknown (browser-sdk.md 9 no. 6): ours.
  NETWORK_ERROR: ['NetworkError', '샌드박스에 연결하지 못했습니다.'],
} as const satisfies Record<string, readonly [name: string, message: string]>;

/** Makes an error of the catalogue. */
export function sdkError(code: keyof typeof CATALOGUE): TossPaymentsError {
  const [name, message] = CATALOGUE[code];
  return new TossPaymentsError(name, code, message);
}

/** A parameter is missing or of the wrong type. The real text is unknown (browser-sdk.md 9 no. 6); ours names it. */
export const invalidParameter = (name: string): TossPaymentsError => {
  const { name: className, code, message } = sdkError('INVALID_PARAMETERS');
  return new TossPaymentsError(className, code, `${message} (${name})`);
};

/** The server refused to open the payment: its code and message are passed through (browser-sdk.md 9 no. 7). */
export const requestFailed = (code: string, message: string): TossPaymentsError =>
  new TossPaymentsError('PaymentRequestFailError', code, message);

/** Ours alone: the real SDK can do this, the sandbox cannot yet. */
export const notYet = (what: string): TossPaymentsError =>
  new TossPaymentsError(
    'NotYetInSandboxError',
    'NOT_YET_IN_SANDBOX',
    `toss-sandbox: ${what} is not built yet.`,
  );
