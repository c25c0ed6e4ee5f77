import { describeTransportContract } from "@inference-ts/transport/testing";
import { nodeHttpTransport } from "./node-http-transport.ts";

describeTransportContract("node-http", () => nodeHttpTransport());
