/** Server flags that the contract suite needs beyond those of a plain server. */
export const CONTRACT_FLAGS: Readonly<Record<string, string>> = {
  // The routes of inference pipelines, and the process behind them.
  ENABLE_STREAM_API: "True",
  // A live video session starts in about 5 s instead of 25: its worker is forked from a process that has imported everything.
  REAL_SERVER_FAST_WEBRTC: "1",
};
