const form = document.querySelector('#checkout');
const payButton = form.querySelector('[data-testid=pay]');
const problem = form.querySelector('[data-testid=problem]');
const products = [...form.querySelectorAll('[data-product]')];
const most = Number(form.dataset.most);

const won = (amount) => `${amount.toLocaleString('ko-KR')}원`;
const quantityOf = (product) => Number(product.querySelector('output').value);
const show = (name, text) => {
  form.querySelector(`[data-testid=${name}]`).textContent = text;
};

// What the page shows; what is paid is what the server says.
function showSums() {
  const subtotal = products.reduce((sum, one) => sum + Number(one.dataset.price) * quantityOf(one), 0);
  const { coupon } = form.elements;
  coupon.disabled = subtotal < Number(form.dataset.couponFrom);
  if (coupon.disabled) coupon.checked = false;
  const discount = coupon.checked ? Number(form.dataset.couponAmount) : 0;
  show('subtotal', won(subtotal));
  show('discount', discount === 0 ? won(0) : `−${won(discount)}`);
  show('total', won(subtotal - discount));
  payButton.disabled = subtotal === 0;
}

function setBusy(isBusy) {
  payButton.disabled = isBusy;
  payButton.textContent = isBusy ? '결제창을 여는 중이에요' : '결제하기';
}

function say(text) {
  problem.textContent = text;
  problem.hidden = text === '';
}

for (const product of products) {
  const output = product.querySelector('output');
  for (const button of product.querySelectorAll('[data-step]')) {
    button.addEventListener('click', () => {
      output.value = Math.min(most, Math.max(0, quantityOf(product) + Number(button.dataset.step)));
      showSums();
    });
  }
}
form.elements.coupon.addEventListener('change', showSums);

async function takeOrder() {
  const response = await fetch('/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      quantities: Object.fromEntries(products.map((one) => [one.dataset.product, quantityOf(one)])),
      coupon: form.elements.coupon.checked,
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

async function pay() {
  // A guest: a shop with members has a key of its own for each.
  const customerKey = TossPayments.ANONYMOUS;
  const payment = TossPayments(form.dataset.clientKey).payment({ customerKey });
  const { orderId, orderName, amount } = await takeOrder();
  await payment.requestPayment({
    method: 'CARD',
    amount: { currency: 'KRW', value: amount },
    orderId,
    orderName,
    successUrl: `${location.origin}/success`,
    failUrl: `${location.origin}/fail`,
    customerEmail: form.elements.customerEmail.value,
    customerName: form.elements.customerName.value,
    card: { useEscrow: false, flowMode: 'DEFAULT', useCardPoint: false, useAppCardOnly: false },
  });
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (payButton.disabled) return;
  setBusy(true);
  say('');
  try {
    if (typeof TossPayments === 'undefined')
      throw new Error('결제 모듈을 불러오지 못했어요. 새로고침해 주세요.');
    await pay();
  } catch (error) {
    setBusy(false);
    // Closing the window is no mistake.
    if (error.code !== 'USER_CANCEL') say(error.message);
  }
});

// Back from the payment window: the page may come out of the browser's cache as it was left.
window.addEventListener('pageshow', () => {
  setBusy(false);
  showSums();
});
