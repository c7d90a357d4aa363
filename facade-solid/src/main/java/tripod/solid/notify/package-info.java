/**
 * Notifications: who listens for what, and what they hear.
 *
 * <p>Main type: {@link tripod.solid.notify.WebSocketChannels}. Its rule: nothing is sent from a
 * write; a worker reads the journal behind it, and asks for every notice whether its listener may
 * still read the topic (SEC-18).
 *
 * @see <a href="https://solidproject.org/TR/notifications-protocol">Solid Notifications
 *     Protocol</a>
 * @see <a
 *     href="https://solid.github.io/notifications/websocket-channel-2023">WebSocketChannel2023</a>
 */
@NullMarked
package tripod.solid.notify;

import org.jspecify.annotations.NullMarked;
