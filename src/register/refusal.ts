/** Why a client gets no connection to `host`, and what to do about it. */
export const refusalOf = (host: string, sandbox: URL): Error =>
  new Error(
    `toss-sandbox/register lets nothing through to ${host}, and cannot point this client elsewhere: ` +
      `give it ${sandbox.origin} as the address`,
  );
