package tripod.atproto.authority;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.atproto.lexicon.Catalog;
import tripod.atproto.lexicon.Definition;
import tripod.atproto.lexicon.DefinitionName;
import tripod.atproto.lexicon.RecordCheck;
import tripod.identity.Accounts;
import tripod.identity.room.IdentityRoom;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.social.RecordName;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/**
 * All lexicons this server knows: those it has definitions of its own for, and those it found.
 *
 * <p>What was found is used for {@value LexiconShelf#LEXICONS_MAX} names and 90 days, and asked for
 * again in the background when it is older than a day, or than a minute where the authority lives
 * here. What was not found is not asked for again for five minutes. Safe between threads.
 */
public final class Lexicons implements Catalog, AutoCloseable {
  /** How long somebody waits who is writing or signing in. */
  public static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(Lexicons.class);
  private static final Duration FRESH = Duration.ofDays(1);
  private static final Duration FRESH_HERE = Duration.ofMinutes(1);
  private static final Duration FAILED = Duration.ofMinutes(5);
  private static final int FAILED_MAX = 10_000;
  private static final long MEMORY_BYTES_MAX = 8L * 1024 * 1024;
  private static final int ENTRY_BYTES = 256;

  /** Most questions at one time. */
  private static final int FLIGHTS_MAX = 16;

  /** Most lexicons that one call makes us ask for. */
  private static final int LESSONS_MAX = 8;

  private final AuthoritySearch search;
  private final LexiconShelf shelf;
  private final Accounts accounts;
  private final InstantSource clock;
  private final RecordCheck records = new RecordCheck(this);
  private final Cache<Nsid, Optional<LexiconShelf.Kept>> memory;
  private final Cache<Nsid, Failed> failed = Caffeine.newBuilder().maximumSize(FAILED_MAX).build();
  private final Map<Nsid, CompletableFuture<Answer>> flights = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private record Failed(Answer answer, Instant at) {}

  /** Knows what the house knows, and what its shelf has. */
  public Lexicons(PodStore store, IdentityRoom identity, InstantSource clock) {
    this(
        new AuthoritySearch(
            store, identity.accounts(), identity.dids(), identity.txt(), identity.outbound()),
        new LexiconShelf(store, LexiconShelf.LEXICONS_MAX),
        identity.accounts(),
        clock);
  }

  Lexicons(AuthoritySearch search, LexiconShelf shelf, Accounts accounts, InstantSource clock) {
    this.search = search;
    this.shelf = shelf;
    this.accounts = accounts;
    this.clock = clock;
    this.memory =
        Caffeine.newBuilder()
            .maximumWeight(MEMORY_BYTES_MAX)
            .weigher(
                (Nsid name, Optional<LexiconShelf.Kept> kept) ->
                    ENTRY_BYTES + kept.map(k -> k.lexicon().block().length).orElse(0))
            .build();
  }

  @Override
  public @Nullable Definition find(DefinitionName name) {
    Definition own = Catalog.own().find(name);
    if (own != null) {
      return own;
    }
    Optional<LexiconShelf.Kept> kept = kept(name.document());
    if (kept.isEmpty()) {
      return null;
    }
    if (!isFresh(kept.get())) {
      var _ = flight(name.document());
    }
    return kept.get().lexicon().document().definitions().get(name.name());
  }

  /**
   * Begins to check what one call writes.
   *
   * @param insist whether lexicons that are not known may be asked for, which takes {@link
   *     #PATIENCE} at most for all records together
   */
  public Checking checking(boolean insist) {
    return new Checking(insist ? LESSONS_MAX : 0, clock.instant().plus(PATIENCE));
  }

  /** The records of one call. For one thread. */
  public final class Checking {
    private final Instant end;
    private int lessons;

    private Checking(int lessons, Instant end) {
      this.lessons = lessons;
      this.end = end;
    }

    /** Checks a record. */
    public RecordCheck.Result check(RecordName name, DagFields record) {
      while (true) {
        RecordCheck.Result result = records.check(name.collection(), name.rkey(), record);
        if (!(result instanceof RecordCheck.Result.Unknown unknown)
            || lessons == 0
            || !learns(unknown.document())) {
          return result;
        }
      }
    }

    private boolean learns(Nsid document) {
      lessons--;
      return ask(document, Duration.between(clock.instant(), end)) instanceof Answer.Found;
    }
  }

  /** Returns the key that every record of a collection must have, if that is known. */
  public Optional<RecordKey> onlyKey(Nsid collection) {
    return records.onlyKey(collection);
  }

  /**
   * Returns a lexicon as its authority published it.
   *
   * @param patience how long to wait; what comes later is kept for whoever asks next
   */
  public Answer ask(Nsid name, Duration patience) {
    Optional<LexiconShelf.Kept> kept = kept(name);
    if (kept.isPresent() && isFresh(kept.get())) {
      return new Answer.Found(kept.get().lexicon());
    }
    Answer answer = land(flight(name), patience);
    return kept.isPresent() && !(answer instanceof Answer.Found)
        ? new Answer.Found(kept.get().lexicon())
        : answer;
  }

  private static Answer land(CompletableFuture<Answer> flight, Duration patience) {
    try {
      return flight.get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Answer.NotNow("the authority does not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.NotNow("the server is closing");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // a flight turns what may happen into an answer
    }
  }

  private boolean isFresh(LexiconShelf.Kept kept) {
    boolean here = accounts.byDid(kept.lexicon().uri().did()).isPresent();
    return kept.isYounger(here ? FRESH_HERE : FRESH, clock.instant());
  }

  private Optional<LexiconShelf.Kept> kept(Nsid name) {
    Optional<LexiconShelf.Kept> known = memory.getIfPresent(name);
    if (known == null) {
      known = shelf.get(name, clock.instant());
      memory.put(name, known);
    }
    return known.filter(kept -> kept.isYounger(LexiconShelf.EXPIRED, clock.instant()));
  }

  /** Asks, unless somebody does already, or did a short while ago in vain. */
  private CompletableFuture<Answer> flight(Nsid name) {
    Failed before = failed.getIfPresent(name);
    if (before != null && before.at().plus(FAILED).isAfter(clock.instant())) {
      return CompletableFuture.completedFuture(before.answer());
    }
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> flying = flights.putIfAbsent(name, mine);
    if (flying != null) {
      return flying;
    }
    if (flights.size() > FLIGHTS_MAX) {
      flights.remove(name);
      mine.complete(new Answer.NotNow("too many lexicons are being asked for"));
      return mine;
    }
    threads.execute(
        () -> {
          Answer answer = new Answer.NotNow("the question failed");
          try {
            answer = search.ask(name);
            remember(name, answer);
          } catch (PodFailure | tripod.identity.IdentityFailure e) {
            LOG.warn("asking for the lexicon {} failed", name, e);
          } finally {
            flights.remove(name);
            mine.complete(answer);
          }
        });
    return mine;
  }

  private void remember(Nsid name, Answer answer) {
    if (answer instanceof Answer.Found found) {
      LexiconShelf.Kept kept = new LexiconShelf.Kept(found.lexicon(), clock.instant());
      shelf.put(kept);
      memory.put(name, Optional.of(kept));
      failed.invalidate(name);
    } else {
      failed.put(name, new Failed(answer, clock.instant()));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
