export type { components, operations, Path, paths, Schema, SchemaName } from "@inference-ts/schema";
