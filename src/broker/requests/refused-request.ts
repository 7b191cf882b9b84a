/**
 * A request without an answer: Kafka's broker closes the connection. So for a frame that is no request that we answer
 * (SocketServer, InvalidRequestException), and for a failed Produce with acks=0, whose client learns of it in no other way.
 */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
}
