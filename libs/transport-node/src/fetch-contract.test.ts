import { fetchTransport } from "@inference-ts/transport";
import { describeTransportContract } from "@inference-ts/transport/testing";

describeTransportContract("fetch", () => fetchTransport());
