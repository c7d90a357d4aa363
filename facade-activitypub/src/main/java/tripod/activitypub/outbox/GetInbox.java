package tripod.activitypub.outbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.object.RemoteObject;
import tripod.activitypub.reply.Reply;
import tripod.activitypub.visitor.ActiveAccount;
import tripod.activitypub.visitor.Visitors;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.Content;
import tripod.podstore.PodStore;
import tripod.podstore.Resource;
import tripod.podstore.social.Mutes;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** {@code GET /actor/inbox}: what others sent, for the member alone, newest first. */
public final class GetInbox implements Handler {
  private static final int PAGE = 20;
  private static final String CURSOR = "[A-Za-z0-9._~:-]{1,512}";

  private final PodStore store;
  private final Accounts accounts;
  private final Visitors visitors;
  private final InstantSource clock;

  /** Makes the handler. */
  public GetInbox(PodStore store, Accounts accounts, Visitors visitors, InstantSource clock) {
    this.store = store;
    this.accounts = accounts;
    this.visitors = visitors;
    this.clock = clock;
  }

  @Override
  public void handle(Context request) {
    Account account = ActiveAccount.of(request);
    PodNames names = accounts.names(account);
    visitors.requireOwner(request, names);
    String id = names.actor() + "/inbox";
    if (request.queryParam("page") == null) {
      long total = store.read(account.pod(), view -> view.memberCount(RemoteObject.INBOX));
      Reply.activity(request, Collections.paged(id, total, true));
      return;
    }
    Optional<String> before =
        Optional.ofNullable(request.queryParam("before")).filter(text -> text.matches(CURSOR));
    Set<String> muted = new HashSet<>();
    List<Resource> members =
        store.read(
            account.pod(),
            view -> {
              Mutes.list(view, names).stream()
                  .filter(mute -> mute.holds(clock.instant()))
                  .forEach(mute -> muted.add(mute.target()));
              return view.members(RemoteObject.INBOX, before, true, PAGE);
            });
    ObjectNode page =
        Collections.page(id, id + "?page=true" + before.map(name -> "&before=" + name).orElse(""));
    ArrayNode items = page.putArray("orderedItems");
    for (Resource member : members) {
      if (member.content() instanceof Content.Document document
          && document.mediaType().is(MediaType.ACTIVITY_JSON)) {
        ObjectNode received = ActivityJson.read(document.bytes());
        if (!isBy(received, muted)) {
          items.add(received); // MUT-1: who is muted is not shown, and is there when it ends
        }
      }
    }
    if (members.size() == PAGE) {
      page.put("next", id + "?page=true&before=" + members.getLast().path().name());
    }
    Reply.activity(request, page);
  }

  private static boolean isBy(ObjectNode received, Set<String> people) {
    return Stream.of("actor", "attributedTo")
        .flatMap(member -> Terms.references(received, member).stream())
        .anyMatch(people::contains);
  }
}
