/** Everything that a stream makes of some items. */
export async function collect<In, Out>(
  items: readonly In[],
  stream: TransformStream<In, Out>,
): Promise<Out[]> {
  const source = new ReadableStream<In>({
    start(controller) {
      for (const item of items) controller.enqueue(item);
      controller.close();
    },
  });
  const parts: Out[] = [];
  for await (const part of source.pipeThrough(stream)) parts.push(part);
  return parts;
}
