/** What a connection failure allows, by the system's own code. */
export interface ConnectionFailureClass {
  /** The request cannot have reached the server. */
  readonly beforeSent: boolean;
  /** Trying again can help. */
  readonly retryable: boolean;
}

const NOT_REACHED: ConnectionFailureClass = { beforeSent: true, retryable: true };
const NEVER: ConnectionFailureClass = { beforeSent: true, retryable: false };
const BROKEN_OFF: ConnectionFailureClass = { beforeSent: false, retryable: true };

const CLASSES: Readonly<Record<string, ConnectionFailureClass>> = {
  ECONNREFUSED: NOT_REACHED,
  ENOTFOUND: NOT_REACHED,
  EAI_AGAIN: NOT_REACHED,
  EHOSTUNREACH: NOT_REACHED,
  EHOSTDOWN: NOT_REACHED,
  ENETUNREACH: NOT_REACHED,
  ENETDOWN: NOT_REACHED,
  EADDRNOTAVAIL: NOT_REACHED,
  UND_ERR_CONNECT_TIMEOUT: NOT_REACHED,
  EPROTO: NEVER,
  ERR_TLS_CERT_ALTNAME_INVALID: NEVER,
  CERT_HAS_EXPIRED: NEVER,
  CERT_NOT_YET_VALID: NEVER,
  CERT_REVOKED: NEVER,
  CERT_UNTRUSTED: NEVER,
  CERT_SIGNATURE_FAILURE: NEVER,
  DEPTH_ZERO_SELF_SIGNED_CERT: NEVER,
  SELF_SIGNED_CERT_IN_CHAIN: NEVER,
  UNABLE_TO_GET_ISSUER_CERT: NEVER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NEVER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NEVER,
  ERR_INVALID_URL: NEVER,
  ERR_INVALID_CHAR: NEVER,
  ERR_INVALID_ARG_TYPE: NEVER,
  ERR_INVALID_PROTOCOL: NEVER,
  ERR_UNESCAPED_CHARACTERS: NEVER,
};

/** Codes that come in families: certificate and TLS set-up failures, and servers that do not speak HTTP. */
const FAMILIES: readonly (readonly [prefix: string, is: ConnectionFailureClass])[] = [
  ["ERR_SSL_", NEVER],
  ["ERR_TLS_", NEVER],
  ["HPE_", { beforeSent: false, retryable: false }],
];

/** Looks a system code up; an unknown or missing one may have reached the server and may be tried again. */
export function classifyConnectionFailure(systemCode: string | undefined): ConnectionFailureClass {
  if (systemCode === undefined) return BROKEN_OFF;
  return CLASSES[systemCode] ?? FAMILIES.find(([prefix]) => systemCode.startsWith(prefix))?.[1] ?? BROKEN_OFF;
}
