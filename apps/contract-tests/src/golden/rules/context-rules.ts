import { callsWithOutcome, changeRequests } from "../expectation.ts";
import { callContext, clientContext } from "../recorded-context.ts";
import { isApiRequest, isClipRequest } from "../recorded-facts.ts";
import { modeOfCall } from "./our-mode.ts";
import type { DeviationRule } from "./rule.ts";

/** Rules about what ties a call to the execution that it is part of. */
export const CONTEXT_RULES: readonly DeviationRule[] = [
  {
    name: "clips carry their context",
    topic: "configuration",
    codes: [],
    python: "Execution id, and in v0 usage tags and the forwarded secret, are left out of clip requests.",
    ours: "They are sent as with pictures.",
    apply: (expectation, { golden }) => {
      const call = callsWithOutcome(golden)[0];
      if (call?.method.startsWith("infer_on_video") !== true || golden.isSequence) return null;
      const { executionId, usageTags = {}, outboundServiceSecret } = callContext(golden);
      const tags = Object.entries(usageTags);
      const query: readonly (readonly [string, string])[] = [
        ...tags,
        ...(usageTags.source_info === undefined ? [] : [["source_info_origin", "context"] as const]),
        ...(outboundServiceSecret === undefined
          ? []
          : ([
              ["service_secret", outboundServiceSecret],
              ["countinference", "False"],
            ] as const)),
      ];
      let changed = false;
      const next = changeRequests(expectation, (request) => {
        if (!isApiRequest(golden, request) || request.method !== "POST" || !isClipRequest(request))
          return request;
        const isV0 = modeOfCall(golden, call) === "v0";
        const missing = isV0 ? query.filter(([name]) => !request.query.some((pair) => pair[0] === name)) : [];
        const name = clientContext(golden).executionIdHeader?.toLowerCase() ?? "execution_id";
        const addsId = executionId !== undefined && request.headers[name] === undefined;
        changed ||= missing.length > 0 || addsId;
        return {
          ...request,
          query: [...request.query, ...missing],
          headers: addsId ? { ...request.headers, [name]: executionId } : request.headers,
        };
      });
      return changed ? next : null;
    },
  },
  {
    name: "internal calls say so everywhere",
    topic: "configuration",
    codes: [],
    python:
      "The header of internal calls is on `infer` and on the core models that take a list of images, and only together with an execution id.",
    ours: "It is on every request that runs a model or a workflow.",
    apply: (expectation, { golden }) => {
      const secret = clientContext(golden).internalServiceSecret;
      if (secret === undefined) return null;
      let changed = false;
      const next = changeRequests(expectation, (request) => {
        const runs =
          isApiRequest(golden, request) && request.method === "POST" && !/\/model\//.test(request.path);
        if (!runs || request.headers[INTERNAL] !== undefined) return request;
        changed = true;
        return { ...request, headers: { ...request.headers, [INTERNAL]: secret } };
      });
      return changed ? next : null;
    },
  },
];

const INTERNAL = "x-internal-remote-exec-req";
