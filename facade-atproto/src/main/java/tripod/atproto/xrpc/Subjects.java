package tripod.atproto.xrpc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import tripod.atproto.repo.RepoLeaf;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.Takedowns;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.social.RecordName;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;

/** What moderators speak of: an account, a record, or a file of an account. */
final class Subjects {
  private static final String REPO = "com.atproto.admin.defs#repoRef";
  private static final String RECORD = "com.atproto.repo.strongRef";
  private static final String BLOB = "com.atproto.admin.defs#repoBlobRef";

  private final PodStore store;
  private final AccountViews views;

  Subjects(PodStore store, AccountViews views) {
    this.store = store;
    this.views = views;
  }

  /** One subject, which is there. */
  sealed interface Subject {
    /** Returns whose it is. */
    Account account();

    record Whole(Account account) implements Subject {}

    record One(Account account, RecordName name, PodPath path, Optional<Cid> cid)
        implements Subject {
      Takedowns.Subject hidden() {
        return new Takedowns.Subject.AtPath(path.value());
      }
    }

    record File(Account account, Cid cid) implements Subject {
      Takedowns.Subject hidden() {
        return new Takedowns.Subject.Blob(cid);
      }
    }
  }

  Subject of(DagFields subject) {
    return switch (Request.text(subject, "$type")) {
      case REPO -> new Subject.Whole(views.account(Request.text(subject, "did")));
      case RECORD -> record(Request.text(subject, "uri"));
      case BLOB -> file(Request.text(subject, "did"), Request.text(subject, "cid"));
      default -> throw XrpcFailure.invalid("subject must be an account, a record or a blob");
    };
  }

  Subject.Whole whole(String did) {
    return new Subject.Whole(views.account(did));
  }

  Subject.One record(String uri) {
    if (!AtUri.isValid(uri)) {
      throw XrpcFailure.invalid("uri must be a valid at-uri");
    }
    AtUri parsed = AtUri.parse(uri);
    Account account = views.account(parsed.authority());
    RecordName name =
        new RecordName(
            parsed.collection().orElseThrow(Subjects::noRecord),
            parsed.rkey().orElseThrow(Subjects::noRecord));
    Optional<RepoLeaf> leaf = store.read(account.pod(), reader -> RepoView.of(reader).leaf(name));
    return new Subject.One(
        account, name, leaf.map(RepoLeaf::path).orElseGet(name::path), leaf.map(RepoLeaf::cid));
  }

  private static XrpcFailure noRecord() {
    return XrpcFailure.invalid("uri must name a record");
  }

  Subject.File file(String did, String cid) {
    return new Subject.File(views.account(did), Request.cid(cid));
  }

  void write(Subject subject, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("subject");
    switch (subject) {
      case Subject.Whole(Account account) -> {
        out.writeStringField("$type", REPO);
        out.writeStringField("did", account.did().value());
      }
      case Subject.One(Account account, RecordName name, PodPath path, Optional<Cid> cid) -> {
        out.writeStringField("$type", RECORD);
        out.writeStringField("uri", name.uri(account.did()).toString());
        out.writeStringField("cid", cid.map(Cid::toString).orElse(""));
      }
      case Subject.File(Account account, Cid cid) -> {
        out.writeStringField("$type", BLOB);
        out.writeStringField("did", account.did().value());
        out.writeStringField("cid", cid.toString());
      }
    }
    out.writeEndObject();
  }

  /** Writes an attribute with what the operator noted. */
  static void status(String name, boolean applied, Optional<String> ref, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart(name);
    out.writeBooleanField("applied", applied);
    if (ref.isPresent()) {
      out.writeStringField("ref", ref.get());
    }
    out.writeEndObject();
  }
}
