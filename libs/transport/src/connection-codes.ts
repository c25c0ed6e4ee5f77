/** What a connection failure allows, by the system's own code. */
export interface ConnectionFailureClass {
  /** The request cannot have reached the server. */
  readonly beforeSent: boolean;
  /** Trying again can help. */
  readonly retryable: boolean;
}

/** No connection came about. */
const NOT_REACHED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|E(HOST|NET)(UNREACH|DOWN)|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/;
/** Certificates, TLS set-up, and requests that no runtime writes. */
const NEVER_SENT =
  /^(EPROTO$|CERT_|(DEPTH_ZERO_)?SELF_SIGNED_CERT|UNABLE_TO_|ERR_(SSL|TLS|INVALID|UNESCAPED)_)/;
/** Whoever answered does not speak HTTP. */
const NO_HTTP = /^HPE_/;

/** Looks a system code up; an unknown or missing one may have reached the server and may be tried again. */
export function classifyConnectionFailure(systemCode = ""): ConnectionFailureClass {
  const neverSent = NEVER_SENT.test(systemCode);
  return {
    beforeSent: neverSent || NOT_REACHED.test(systemCode),
    retryable: !neverSent && !NO_HTTP.test(systemCode),
  };
}
