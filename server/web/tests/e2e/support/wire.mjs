/** Everything a browser sends, as it passes on the wire: a forwarding server that writes every request down. */
import { createServer, request as forward } from "node:http";

/** Forwards to `target`; `sent` holds every request with its head and body, whoever in the browser made it. `cut` ends the connection, also for service workers. */
export async function tapWire(target) {
  const { hostname, port } = new URL(target);
  const sent = [];
  let isCut = false;
  const server = createServer((request, response) => {
    if (isCut) return void request.socket.destroy();
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      sent.push({ method: request.method, url: request.url, head: JSON.stringify(request.rawHeaders), body });
      const options = { hostname, port, path: request.url, method: request.method, headers: request.headers };
      const onward = forward(options, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.destroy());
      onward.end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    sent,
    cut: (whether) => (isCut = whether),
    stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}
