package tripod.atproto.xrpc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tripod.atproto.appview.LocalRecords;
import tripod.atproto.proxy.ServiceName;
import tripod.atproto.proxy.Services;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.http.OutboundResponse;
import tripod.podstore.PodStore;
import tripod.podstore.social.RecordName;
import tripod.syntax.AtUri;
import tripod.syntax.Did;
import tripod.syntax.Nsid;

/**
 * {@code app.bsky.feed.getFeed}: the AppView hands the token on to the feed's generator, so it is
 * made out for that (atproto.md 1.3).
 */
final class GetFeed implements Handler {
  static final String METHOD = "app.bsky.feed.getFeed";

  private static final Nsid SKELETON = new Nsid("app.bsky.feed.getFeedSkeleton");
  private static final Nsid GET_RECORD = new Nsid("com.atproto.repo.getRecord");
  private static final String GENERATOR_ENTRY = "bsky_fg";
  private static final int CACHED_MAX = 10_000;

  private final Forwarding forwarding;
  private final Repos repos;
  private final PodStore store;
  private final Cache<AtUri, Did> generators =
      Caffeine.newBuilder()
          .maximumSize(CACHED_MAX)
          .expireAfterWrite(Duration.ofMinutes(10))
          .build();

  GetFeed(Forwarding forwarding, Repos repos, PodStore store) {
    this.forwarding = forwarding;
    this.repos = repos;
    this.store = store;
  }

  @Override
  public void handle(Context context) {
    Forwarding.Admitted admitted = forwarding.admit(context, new Nsid(METHOD));
    AtUri feed = AtUri.parse(Request.param(context, "feed"));
    if (feed.collection().isEmpty() || feed.rkey().isEmpty()) {
      throw XrpcFailure.invalid("feed must be the address of a record");
    }
    Did generator = generator(admitted, feed);
    Forwarding.mayAsk(admitted.caller(), SKELETON, new ServiceName(generator, GENERATOR_ENTRY));
    forwarding.pass(context, admitted, admitted.signer(generator.value(), SKELETON));
  }

  private Did generator(Forwarding.Admitted admitted, AtUri feed) {
    Did known = generators.getIfPresent(feed);
    if (known != null) {
      return known;
    }
    Optional<Account> here = repos.find(feed.authority());
    Did found =
        (here.isPresent() ? ours(here.get(), feed) : theirs(admitted, feed))
            .filter(Did::isValid)
            .map(Did::new)
            .orElseThrow(() -> XrpcFailure.of("UnknownFeed", "could not resolve feed did"));
    generators.put(feed, found);
    return found;
  }

  private Optional<String> ours(Account account, AtUri feed) {
    RecordName name = new RecordName(feed.collection().orElseThrow(), feed.rkey().orElseThrow());
    return store
        .read(account.pod(), reader -> RepoView.of(reader).record(name))
        .flatMap(record -> LocalRecords.json(record.block()))
        .map(value -> value.path("did").asText(""));
  }

  private Optional<String> theirs(Forwarding.Admitted admitted, AtUri feed) {
    String query =
        "repo="
            + encoded(feed.authority())
            + "&collection="
            + feed.collection().orElseThrow()
            + "&rkey="
            + encoded(feed.rkey().orElseThrow().value());
    OutboundResponse answer =
        forwarding
            .services()
            .document(
                admitted.service(), Optional.empty(), Services.Question.get(GET_RECORD, query));
    try {
      return answer.status() == 200
          ? Optional.of(OwnWrites.tree(answer.body()).path("value").path("did").asText(""))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
