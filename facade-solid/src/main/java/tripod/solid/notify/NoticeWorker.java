package tripod.solid.notify;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.identity.token.SolidTokens;
import tripod.podstore.Aspect;
import tripod.podstore.Journal;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.solid.ldp.Target;

/**
 * Follows the journal and tells listeners what happened to their topics.
 *
 * <p>It begins at the journal's end: channels do not outlive the process, so nobody waits for what
 * was before. One thread.
 */
public final class NoticeWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeWorker.class);
  private static final int PAGE = 500;
  private static final Duration SWEEP = Duration.ofSeconds(10);

  private final Journal journal;
  private final WebSocketChannels service;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("solid-notices").daemon().factory());
  private final AtomicBoolean isAwake = new AtomicBoolean();
  private final AtomicBoolean isLookDue = new AtomicBoolean();
  private final AutoCloseable wake;
  private long position;

  /** Starts following. */
  public NoticeWorker(PodStore store, SolidTokens tokens, WebSocketChannels service) {
    this.journal = store.journal();
    this.service = service;
    this.position = journal.head();
    this.wake = journal.onGroup(this::wake);
    tokens.onEnding(this::look);
    var _ =
        thread.scheduleWithFixedDelay(
            this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * SEC-61: looks through the channels because something was revoked; on a thread of its own, so
   * that neither the one who revokes waits nor a long journal delays it.
   */
  private void look() {
    if (!service.channels().isEmpty() && isLookDue.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("solid-revoked")
          .start(
              () -> {
                isLookDue.set(false);
                service.endFallen();
              });
    }
  }

  private void wake() {
    if (isAwake.compareAndSet(false, true)) {
      thread.execute(this::follow);
    }
  }

  private void follow() {
    isAwake.set(false);
    try {
      if (service.channels().isEmpty()) {
        position = journal.head();
        return;
      }
      List<Journal.Entry> page = journal.commits(position, PAGE);
      while (!page.isEmpty()) {
        for (Journal.Entry entry : page) {
          tell(entry);
          position = entry.number();
        }
        page = journal.commits(position, PAGE);
      }
    } catch (RuntimeException e) {
      LOG.warn("notices were lost after journal number {}", position, e);
      position = journal.head();
    }
  }

  private void sweep() {
    try {
      service.channels().sweep(service.now());
    } catch (RuntimeException e) {
      LOG.warn("channels were not looked through", e);
    }
  }

  private void tell(Journal.Entry entry) {
    if (entry.imported()) {
      return; // VIS-7: nothing of an import is news
    }
    List<Journal.Touch> touches = entry.touches();
    boolean rightsChanged = touches.stream().anyMatch(touch -> touch.aspect() == Aspect.ACL);
    for (Channel channel : service.channels().ofPod(entry.pod())) {
      for (int i = 0; i < touches.size(); i++) {
        notice(channel, entry, i).ifPresent(notice -> deliver(channel, notice));
      }
      if (rightsChanged) {
        requireReader(channel); // SEC-18: at once when rights change
      }
    }
  }

  private void deliver(Channel channel, Notice notice) {
    if (!requireReader(channel)) {
      return;
    }
    Optional<Duration> wait = channel.send(notice, service.now());
    if (wait.isPresent()) {
      var _ = thread.schedule(() -> release(channel), wait.get().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void release(Channel channel) {
    if (requireReader(channel)) {
      channel.release(service.now());
    }
  }

  /** Ends the channel of somebody who may no longer read its topic. */
  private boolean requireReader(Channel channel) {
    if (service.stands(channel) && service.mayRead(channel.names, channel.agent, channel.topic)) {
      return true;
    }
    channel.end("the topic is no longer readable");
    service.channels().remove(channel);
    return false;
  }

  private static Optional<Notice> notice(Channel channel, Journal.Entry entry, int index) {
    Journal.Touch touch = entry.touches().get(index);
    Target topic = channel.topic;
    boolean isSubject = touch.path().equals(topic.path());
    if (isSubject && touch.aspect() == topic.aspect()) {
      String object = iri(channel, touch.path(), topic.aspect());
      return Optional.of(notice(entry, index, typeOf(touch.kind()), object, Optional.empty()));
    }
    if (topic.aspect() != Aspect.SELF || !topic.path().isContainer()) {
      return Optional.empty();
    }
    String container = iri(channel, topic.path(), Aspect.SELF);
    if (isSubject && touch.aspect() == Aspect.META) {
      // What is said about a container is a part of it.
      return Optional.of(notice(entry, index, "Update", container, Optional.empty()));
    }
    boolean isMember =
        touch.aspect() == Aspect.SELF
            && touch.path().parent().filter(topic.path()::equals).isPresent();
    if (!isMember || touch.kind() == Journal.Kind.UPDATED) {
      return Optional.empty();
    }
    String type = touch.kind() == Journal.Kind.CREATED ? "Add" : "Remove";
    String member = iri(channel, touch.path(), Aspect.SELF);
    return Optional.of(notice(entry, index, type, member, Optional.of(container)));
  }

  private static String typeOf(Journal.Kind kind) {
    return switch (kind) {
      case CREATED -> "Create";
      case UPDATED -> "Update";
      case DELETED -> "Delete";
    };
  }

  private static Notice notice(
      Journal.Entry entry, int index, String type, String object, Optional<String> target) {
    UUID id =
        UUID.nameUUIDFromBytes((entry.number() + "/" + index).getBytes(StandardCharsets.UTF_8));
    return new Notice(
        "urn:uuid:" + id, type, object, target, Optional.of(entry.rev().value()), entry.at());
  }

  private static String iri(Channel channel, PodPath path, Aspect aspect) {
    return channel.names.origin() + new Target(path, aspect).encoded();
  }

  /** Stops following and ends all channels. */
  @Override
  public void close() {
    try {
      wake.close();
    } catch (Exception e) {
      LOG.warn("the journal's listener did not close", e);
    }
    thread.shutdownNow();
  }
}
