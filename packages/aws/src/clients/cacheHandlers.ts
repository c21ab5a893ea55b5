/**
 * Makes a client build the middleware of a kind of request once for each options object, instead of
 * for every request: that is a quarter of the work of uploading small files. The SDK's own
 * `cacheMiddleware` caches nothing for requests with options, such as a signal.
 */
export function cacheHandlers<C extends { send: unknown }>(client: C): C {
  const { send, middlewareStack, config } = client as unknown as AnyClient;
  const cache = new WeakMap<object, Map<unknown, Handler>>();
  const getHandler = (command: AnyCommand, options: object): Handler => {
    const byCommand = cache.get(options) ?? new Map<unknown, Handler>();
    cache.set(options, byCommand);
    const handler =
      byCommand.get(command.constructor) ??
      command.resolveMiddleware(middlewareStack, config, options);
    byCommand.set(command.constructor, handler);
    return handler;
  };
  const sendCached = async (command: AnyCommand, options?: object) => {
    if (!options) return send.call(client, command);
    const { output } = await getHandler(command, options)(command);
    return output;
  };
  return Object.assign(client, { send: sendCached });
}

type Handler = (command: AnyCommand) => Promise<{ output: unknown }>;

interface AnyCommand {
  resolveMiddleware(stack: unknown, config: unknown, options: object): Handler;
}

interface AnyClient {
  send(command: AnyCommand): Promise<unknown>;
  middlewareStack: unknown;
  config: unknown;
}
